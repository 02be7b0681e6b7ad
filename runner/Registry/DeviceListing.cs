namespace IotMqtt.Runner.Registry;

/// <summary>A device as it is found on a broker.</summary>
internal sealed record DeviceListing
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The name of its model; null: it does not say.</summary>
    public string? Model { get; init; }

    /// <summary>Whether it is there; null: it does not say.</summary>
    public bool? Online { get; init; }

    /// <summary>Since when, on the device's clock.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Its commands, where its model is described on the broker.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];
}
