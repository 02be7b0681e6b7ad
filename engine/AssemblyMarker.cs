namespace IotMqtt.Engine;

internal static class AssemblyMarker;
