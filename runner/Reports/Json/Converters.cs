using System.Text.Json;
using System.Text.Json.Serialization;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Reports.Json;

/// <summary>The outcome of a node as the word of <see cref="StatusNames"/>.</summary>
internal sealed class StepStatusConverter : JsonConverter<StepStatus>
{
    /// <inheritdoc/>
    public override StepStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var word = reader.GetString();
        foreach (var status in Enum.GetValues<StepStatus>())
        {
            if (StatusNames.Of(status) == word)
            {
                return status;
            }
        }

        throw new JsonException($"'{word}' is no status of a step");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, StepStatus value, JsonSerializerOptions options) => writer.WriteStringValue(StatusNames.Of(value));
}

/// <summary>The outcome of a run as the word of <see cref="StatusNames"/>.</summary>
internal sealed class RunStatusConverter : JsonConverter<RunStatus>
{
    /// <inheritdoc/>
    public override RunStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var word = reader.GetString();
        foreach (var status in Enum.GetValues<RunStatus>())
        {
            if (StatusNames.Of(status) == word)
            {
                return status;
            }
        }

        throw new JsonException($"'{word}' is no status of a run");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RunStatus value, JsonSerializerOptions options) => writer.WriteStringValue(StatusNames.Of(value));
}

/// <summary>A number to three decimals: a microsecond where it is milliseconds.</summary>
internal sealed class ThreeDecimalsConverter : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(Math.Round(value, 3));
}
