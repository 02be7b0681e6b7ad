using IotMqtt.Engine.Programs.Reading;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

/// <summary>Reads programs from YAML, with the programs that they run. DESIGN section 7; docs/programs.md.</summary>
public static class ProgramFile
{
    /// <summary>Reads a program.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="diagnostics">Gets everything that is wrong with its structure and that of the programs that it runs.</param>
    /// <returns>The program; null, with at least one error, where anything is wrong.</returns>
    public static DeviceProgram? Read(string path, DiagnosticBag diagnostics) =>
        Whole(path, YamlFile.ReadPart, diagnostics);

    /// <summary>Reads a program that is in memory.</summary>
    /// <param name="text">The program.</param>
    /// <param name="name">What diagnostics call it; files that it names are relative to the folder of this path.</param>
    /// <param name="diagnostics">Gets everything that is wrong with its structure and that of the programs that it runs.</param>
    /// <returns>The program; null, with at least one error, where anything is wrong.</returns>
    public static DeviceProgram? Parse(string text, string name, DiagnosticBag diagnostics) =>
        Whole(name, (path, errors) => YamlFile.ParsePart(text, path, errors), diagnostics);

    /// <summary>Reads as much of a program as there is, so that the rest can be checked too.</summary>
    internal static DeviceProgram? ReadPart(string path, DiagnosticBag diagnostics) =>
        Part(path, YamlFile.ReadPart, diagnostics);

    private static DeviceProgram? Whole(string path, Func<string, DiagnosticBag, YamlNode?> open, DiagnosticBag diagnostics)
    {
        var errors = new DiagnosticBag();
        var program = Part(path, open, errors);
        errors.CopyTo(diagnostics);
        return errors.HasErrors ? null : program;
    }

    /// <summary>Notes the errors of one bag in another, and the files that it looked for.</summary>
    internal static void CopyTo(this DiagnosticBag errors, DiagnosticBag diagnostics)
    {
        foreach (var file in errors.Files)
        {
            diagnostics.LookedFor(file);
        }

        foreach (var error in errors)
        {
            diagnostics.Error(error.At, error.Message, error.Suggestion);
        }
    }

    private static DeviceProgram? Part(string path, Func<string, DiagnosticBag, YamlNode?> open, DiagnosticBag diagnostics)
    {
        var files = new ProgramFiles();
        var program = new ProgramReader(files, path, caller: null, diagnostics).Read(open(path, diagnostics));
        ProgramSize.Check(program, diagnostics);
        return program;
    }
}
