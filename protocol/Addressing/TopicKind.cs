namespace IotMqtt.Protocol.Addressing;

/// <summary>The kinds of topics of the contract.</summary>
internal enum TopicKind
{
    /// <summary><c>{root}/devices/{id}/meta</c>, retained.</summary>
    Meta,

    /// <summary><c>{root}/devices/{id}/status</c>, retained; also a device's will.</summary>
    Status,

    /// <summary><c>{root}/devices/{id}/state</c>, retained.</summary>
    State,

    /// <summary><c>{root}/devices/{id}/cmd/{command}</c>.</summary>
    Command,

    /// <summary><c>{root}/devices/{id}/control/{verb}</c>.</summary>
    Control,

    /// <summary><c>{root}/devices/{id}/telemetry/{name}</c>.</summary>
    Telemetry,

    /// <summary><c>{root}/devices/{id}/event/{name}</c>.</summary>
    Event,

    /// <summary><c>{root}/workers/{worker}/status</c>, retained; also a worker's will.</summary>
    WorkerStatus,

    /// <summary><c>{root}/workers/{worker}/lag</c>.</summary>
    WorkerLag,

    /// <summary><c>{root}/models/{hash}</c>, retained.</summary>
    Model,

    /// <summary><c>{root}/clients/{client}/ack/{id}</c>.</summary>
    Acknowledgement,
}
