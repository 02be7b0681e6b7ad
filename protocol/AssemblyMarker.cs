namespace IotMqtt.Protocol;

internal static class AssemblyMarker;
