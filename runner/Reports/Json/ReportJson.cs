using System.Text.Json.Serialization;

namespace IotMqtt.Runner.Reports.Json;

/// <summary>How reports are written as JSON: camel case, statuses as words, numbers to three decimals.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(StepStatusConverter), typeof(RunStatusConverter), typeof(ThreeDecimalsConverter)])]
[JsonSerializable(typeof(RunReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
