using System.IO.Hashing;
using System.Text;

namespace IotMqtt.Lifecycle;

/// <summary>The ids that the letters of the cases stand for.</summary>
internal static class LifecycleIds
{
    public static UInt128 Of(string letter) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(letter));
}
