using System.Text;

namespace IotMqtt.Broker.Tests.Support;

/// <summary>Packets byte by byte, for what no client library would send.</summary>
internal static class Packets
{
    public static byte[] Packet(byte first, params byte[] body) => [first, .. Length(body.Length), .. body];

    public static byte[] Connect(string clientId, byte version = 5, bool clean = true, ushort keepAlive = 0) => Packet(
        0x10, [.. Text("MQTT"), version, (byte)(clean ? 2 : 0), (byte)(keepAlive >> 8), (byte)keepAlive, .. version == 5 ? new byte[] { 0 } : [], .. Text(clientId)]);

    /// <summary>A CONNECT of MQTT 5 with properties, and whatever follows the client id.</summary>
    public static byte[] Connect5(string clientId, byte[] properties, byte flags = 2, params byte[] rest) => Packet(
        0x10, [.. Text("MQTT"), 5, flags, 0, 0, .. Length(properties.Length), .. properties, .. Text(clientId), .. rest]);

    /// <summary>A SUBSCRIBE of MQTT 5 to one filter.</summary>
    public static byte[] Subscribe(string filter, byte options, ushort identifier = 1) => Packet(
        0x82, [(byte)(identifier >> 8), (byte)identifier, 0, .. Text(filter), options]);

    /// <summary>A PUBLISH of MQTT 5; with QoS 0 there is no identifier.</summary>
    public static byte[] Publish(string topic, string payload, int qos = 0, ushort identifier = 1, bool retain = false, bool isAgain = false, params byte[] properties) => Packet(
        (byte)(0x30 | (isAgain ? 8 : 0) | (qos << 1) | (retain ? 1 : 0)),
        [.. Text(topic), .. qos == 0 ? Array.Empty<byte>() : [(byte)(identifier >> 8), (byte)identifier], .. Length(properties.Length), .. properties, .. Encoding.UTF8.GetBytes(payload)]);

    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    public static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. bytes];
    }
}
