namespace IotMqtt.Models;

internal static class AssemblyMarker;
