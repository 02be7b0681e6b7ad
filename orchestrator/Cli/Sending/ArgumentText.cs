using System.Text;
using IotMqtt.Models.Values;

namespace IotMqtt.Orchestrator.Cli.Sending;

/// <summary>A value that was typed, of a type that is not known: JSON where it is JSON, else text, so that nobody has to quote a song.</summary>
internal static class ArgumentText
{
    public static Value Read(string text) => Value.TryParseJson(Encoding.UTF8.GetBytes(text), out var value, out _) ? value : Value.Of(text);
}
