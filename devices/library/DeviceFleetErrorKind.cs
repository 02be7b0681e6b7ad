namespace IotMqtt.Devices;

/// <summary>Why a fleet could not start, by who can remedy it.</summary>
public enum DeviceFleetErrorKind
{
    /// <summary>Nobody answers there, or what answers is no MQTT 5 broker: start it, or mend the address.</summary>
    BrokerUnreachable,

    /// <summary>The broker does not let a device in or subscribe: mend the credentials or the broker's access rules.</summary>
    BrokerRefused,

    /// <summary>The process may not open as many descriptors as the fleet needs: raise the limit, or start more workers.</summary>
    TooFewDescriptors,

    /// <summary>The fleet or the options cannot work.</summary>
    InvalidInput,
}
