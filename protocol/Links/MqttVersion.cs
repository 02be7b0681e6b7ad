namespace IotMqtt.Protocol.Links;

/// <summary>The version of MQTT that a link speaks.</summary>
public enum MqttVersion
{
    /// <summary>MQTT 5.0.</summary>
    V5,

    /// <summary>MQTT 3.1.1.</summary>
    V311,
}
