namespace IotMqtt.Protocol.Links;

/// <summary>How sure a delivery is (MQTT 5, section 4.3). The contract does not use exactly-once: ids make commands idempotent.</summary>
public enum QualityOfService
{
    /// <summary>QoS 0.</summary>
    AtMostOnce = 0,

    /// <summary>QoS 1.</summary>
    AtLeastOnce = 1,

    /// <summary>QoS 2: for topics that are not the contract's.</summary>
    ExactlyOnce = 2,
}
