using System.Text;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Values;

namespace IotMqtt.Orchestrator.Cli.Sending;

/// <summary>The value of an argument as it was typed: of the type that the device's model says; where that is not known, JSON where it is JSON, else text.</summary>
internal static class ArgumentText
{
    /// <summary>Whether it could be something else than text, so that the model has to say.</summary>
    public static bool IsAmbiguous(string text) => Value.TryParseJson(Encoding.UTF8.GetBytes(text), out _, out _);

    public static Value Read(string text, DataType? type) =>
        type is not null ? type.FromText(text)
        : Value.TryParseJson(Encoding.UTF8.GetBytes(text), out var value, out _) ? value
        : Value.Of(text);
}
