using System.Globalization;
using System.Text;
using System.Xml;

namespace IotMqtt.Runner.Reports.JUnit;

/// <summary>
/// JUnit's XML as CI servers read it, valid by the schema of Jenkins' xUnit plug-in (junit-10.xsd): a suite for the program, a case for each command (its last attempt; the earlier ones are named in
/// its output), and one for each error that belongs to no command.
/// </summary>
internal sealed class JUnitReport : IReportFormat
{
    /// <summary>How it is laid out.</summary>
    public static readonly XmlWriterSettings Layout = new()
    {
        Indent = true,
        NewLineChars = "\n",
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false,
    };

    /// <inheritdoc/>
    public void Write(RunReport report, Stream output)
    {
        using var writer = XmlWriter.Create(output, Layout);
        writer.WriteStartElement("testsuites");
        WriteTotals(writer, report, JUnitTotals.Of(report));
        WriteSuite(writer, report);
        writer.WriteEndElement();
    }

    /// <summary>Writes the suite of a program.</summary>
    public static void WriteSuite(XmlWriter writer, RunReport report)
    {
        var totals = JUnitTotals.Of(report);
        writer.WriteStartElement("testsuite");
        WriteTotals(writer, report, totals);
        writer.WriteAttributeString("skipped", Number(totals.Skipped));
        if (report.File is { } file)
        {
            writer.WriteAttributeString("file", Clean(file));
        }

        if (report.BeganAt is { } began)
        {
            writer.WriteAttributeString("timestamp", began.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        }

        WriteProperties(writer, report);
        foreach (var one in JUnitCase.Of(report))
        {
            WriteCase(writer, report, one);
        }

        writer.WriteEndElement();
    }

    private static void WriteTotals(XmlWriter writer, RunReport report, JUnitTotals totals)
    {
        writer.WriteAttributeString("name", Clean(report.Program));
        writer.WriteAttributeString("tests", Number(totals.Tests));
        writer.WriteAttributeString("failures", Number(totals.Failures));
        writer.WriteAttributeString("errors", Number(totals.Errors));
        writer.WriteAttributeString("time", Seconds(report.MakespanMs));
    }

    private static void WriteProperties(XmlWriter writer, RunReport report)
    {
        writer.WriteStartElement("properties");
        foreach (var (name, value) in Properties(report))
        {
            writer.WriteStartElement("property");
            writer.WriteAttributeString("name", name);
            writer.WriteAttributeString("value", Clean(value));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static IEnumerable<(string Name, string Value)> Properties(RunReport report)
    {
        yield return ("run", report.Run);
        yield return ("status", StatusNames.Of(report.Status));
        yield return ("devices", Number(report.Registration.Devices));
        yield return ("registrationMs", Rounded(report.Registration.ElapsedMs));
        yield return ("criticalPathMs", Rounded(report.CriticalPathMs));
        yield return ("efficiency", Rounded(report.Efficiency));
        yield return ("lagMs", Rounded(report.LagMs));
        if (report.Seed is { } seed)
        {
            yield return ("seed", seed.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void WriteCase(XmlWriter writer, RunReport report, JUnitCase one)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("name", Clean(one.Name));
        writer.WriteAttributeString("classname", Clean(report.Program));
        writer.WriteAttributeString("time", Seconds(one.ElapsedMs));
        if (one.Verdict.IsSkipped)
        {
            writer.WriteStartElement("skipped");
            writer.WriteAttributeString("message", Clean(one.Message ?? StatusNames.Of(one.Status)));
            writer.WriteEndElement();
        }
        else if (one.Verdict.IsFailure || one.Verdict.IsError)
        {
            writer.WriteStartElement(one.Verdict.IsError ? "error" : "failure");
            writer.WriteAttributeString("message", Clean(one.Message ?? StatusNames.Of(one.Status)));
            writer.WriteAttributeString("type", StatusNames.Of(one.Status));
            writer.WriteString(Clean(one.Detail));
            writer.WriteEndElement();
        }

        if (one.Earlier.Length > 0)
        {
            writer.WriteElementString("system-out", Clean(one.Earlier));
        }

        writer.WriteEndElement();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Rounded(double value) => Math.Round(value, 3).ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double milliseconds) => (milliseconds / 1000).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>XML 1.0 knows no control characters, not even escaped ones; what a device says may hold them.</summary>
    public static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[at + 1], text[at]))
            {
                clean.Append(text, at++, 2);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[at]) ? text[at] : '\uFFFD');
            }
        }

        return clean.ToString();
    }
}
