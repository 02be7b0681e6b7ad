using System.Xml;

namespace IotMqtt.Runner.Reports.JUnit;

/// <summary>JUnit's XML of several programs, a suite for each, written while they run: what is open of it is the file alone.</summary>
internal sealed class JUnitFile : IDisposable
{
    private readonly FileStream _file;
    private readonly XmlWriter _writer;

    /// <summary>Begins a file, over what was there.</summary>
    /// <param name="path">Where.</param>
    public JUnitFile(string path)
    {
        Path = path;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 64 * 1024);
        _writer = XmlWriter.Create(_file, JUnitReport.Layout);
        _writer.WriteStartElement("testsuites");
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Adds a program that has run.</summary>
    public void Add(RunReport report) => JUnitReport.WriteSuite(_writer, report);

    /// <summary>Adds a program that could not begin: an error, for nothing of what it tests was tested.</summary>
    public void AddUnbegun(string program, string file, string error)
    {
        _writer.WriteStartElement("testsuite");
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("name", program), ("tests", "1"), ("failures", "0"), ("errors", "1"), ("time", "0.000"), ("skipped", "0"), ("file", file)])
        {
            _writer.WriteAttributeString(name, JUnitReport.Clean(value));
        }

        _writer.WriteStartElement("testcase");
        _writer.WriteAttributeString("name", "the run");
        _writer.WriteAttributeString("classname", JUnitReport.Clean(program));
        _writer.WriteAttributeString("time", "0.000");
        _writer.WriteStartElement("error");
        _writer.WriteAttributeString("message", JUnitReport.Clean(error));
        _writer.WriteAttributeString("type", "not-begun");
        _writer.WriteString(JUnitReport.Clean($"{file}: {error}"));
        _writer.WriteEndElement();
        _writer.WriteEndElement();
        _writer.WriteEndElement();
    }

    /// <summary>Ends the file.</summary>
    public void End()
    {
        _writer.WriteEndElement();
        _writer.Flush();
        _file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
    }
}
