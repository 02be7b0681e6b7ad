using System.Text;

namespace IotMqtt.Broker.Tests.Support;

/// <summary>Packets byte by byte, for what no client library would send.</summary>
internal static class Packets
{
    public static byte[] Packet(byte first, params byte[] body) => [first, .. Length(body.Length), .. body];

    public static byte[] Connect(string clientId, byte version = 5, bool clean = true, ushort keepAlive = 0) => Packet(
        0x10, [.. Text("MQTT"), version, (byte)(clean ? 2 : 0), (byte)(keepAlive >> 8), (byte)keepAlive, .. version == 5 ? new byte[] { 0 } : [], .. Text(clientId)]);

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
