namespace IotMqtt.Runner.Reports;

/// <summary>One kind of report file.</summary>
internal interface IReportFormat
{
    /// <summary>Writes the whole report, as UTF-8.</summary>
    void Write(RunReport report, Stream output);
}
