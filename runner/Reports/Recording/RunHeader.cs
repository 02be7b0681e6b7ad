namespace IotMqtt.Runner.Reports.Recording;

/// <summary>What a report says about a run that its nodes do not.</summary>
internal sealed record RunHeader
{
    public required string Run { get; init; }

    public required string Program { get; init; }

    public string? File { get; init; }

    public string? Fleet { get; init; }

    public string? World { get; init; }

    public ulong? Seed { get; init; }

    public DateTimeOffset? BeganAt { get; init; }

    public required RegistrationReport Registration { get; init; }
}
