using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Reading;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>An error as a <see cref="RunRecord"/> keeps it.</summary>
internal sealed record KeptError(
    string Path, StepStatus Status, string Message, ImmutableArray<string> Details, string? Code, string? Device, string? Command, string? File, int Line, int Column)
{
    public static byte[] Write(RunError error) => JsonSerializer.SerializeToUtf8Bytes(
        new KeptError(error.Path, error.Status, error.Message, error.Details, error.Code, error.Device, error.Command, error.At.File, error.At.Line, error.At.Column),
        KeptErrorJson.Default.KeptError);

    public static RunError Read(ReadOnlySpan<byte> bytes)
    {
        var kept = JsonSerializer.Deserialize(bytes, KeptErrorJson.Default.KeptError)!;
        return new RunError
        {
            Path = kept.Path,
            Status = kept.Status,
            Message = kept.Message,
            Details = kept.Details,
            Code = kept.Code,
            Device = kept.Device,
            Command = kept.Command,
            At = new SourcePosition(kept.File ?? "", kept.Line, kept.Column),
        };
    }
}

/// <summary>How kept errors are written.</summary>
[JsonSerializable(typeof(KeptError))]
internal sealed partial class KeptErrorJson : JsonSerializerContext;
