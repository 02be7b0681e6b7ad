namespace IotMqtt.Models.Fleets.Connections;

/// <summary>The version of MQTT that a device speaks.</summary>
public enum MqttVersion
{
    /// <summary>MQTT 5.0.</summary>
    V5,

    /// <summary>MQTT 3.1.1: no user properties, no response topics, no expiry.</summary>
    V311,
}
