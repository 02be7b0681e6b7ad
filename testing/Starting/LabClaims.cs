using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Testing.Starting;

/// <summary>Which root topics of which brokers the labs of this process have.</summary>
internal static class LabClaims
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<(string Host, int Port, RootTopic Root)> Taken = [];

    /// <summary>Takes a root topic for a lab.</summary>
    /// <exception cref="LabException">Another lab has it.</exception>
    public static void Take(BrokerUrl broker, RootTopic root)
    {
        lock (Gate)
        {
            if (!Taken.Add((broker.Host, broker.Port, root)))
            {
                throw Refused(broker, root, "another lab of this process has it");
            }
        }
    }

    /// <summary>Gives it back.</summary>
    public static void Return(BrokerUrl broker, RootTopic root)
    {
        lock (Gate)
        {
            Taken.Remove((broker.Host, broker.Port, root));
        }
    }

    /// <summary>Why there is no lab.</summary>
    public static LabException Refused(BrokerUrl broker, RootTopic root, string why) =>
        new($"No lab on the root topic {root} of {broker}: {why}. Dispose that first, or leave {nameof(IotLabOptions)}.{nameof(IotLabOptions.Root)} out: each lab then has a root topic of its own.");
}
