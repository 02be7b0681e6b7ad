using MQTTnet.Protocol;

namespace IotMqtt.Broker.Wire;

/// <summary>What must hold of the properties of a packet (MQTT 5, section 2.2.2).</summary>
internal static class PropertyRules
{
    /// <summary>Reads the properties at this place.</summary>
    /// <returns>Those that are there.</returns>
    public static PropertySet Check(ref BodyReader body, PropertySet allowed)
    {
        var part = body.Part(body.VariableInteger("the property length"), "the properties");
        var seen = default(PropertySet);
        while (!part.IsAtEnd)
        {
            var id = (PropertyId)part.VariableInteger("a property identifier");
            part.Require(allowed.Has(id), Violation.Malformed($"property {(int)id} does not belong into this packet"));
            part.Require(id == PropertyId.UserProperty || !seen.Has(id), Violation.Protocol($"{id} is there twice"));
            if (part.Violation is null)
            {
                seen = seen.With(id);
                CheckValue(ref part, id);
            }
        }

        body.Fail(part.Violation);
        return seen;
    }

    private static void CheckValue(ref BodyReader part, PropertyId id)
    {
        var name = id.ToString();
        switch (id)
        {
            case PropertyId.PayloadFormatIndicator or PropertyId.RequestProblemInformation or PropertyId.RequestResponseInformation:
                part.Require(part.Byte(name) <= 1, Violation.Protocol($"{name} is neither 0 nor 1"));
                break;
            case PropertyId.MessageExpiryInterval or PropertyId.SessionExpiryInterval or PropertyId.WillDelayInterval:
                part.UInt32(name);
                break;
            case PropertyId.MaximumPacketSize:
                part.Require(part.UInt32(name) > 0, Violation.Protocol($"{name} is 0"));
                break;
            case PropertyId.ReceiveMaximum:
                part.Require(part.UInt16(name) > 0, Violation.Protocol($"{name} is 0"));
                break;
            case PropertyId.TopicAlias:
                part.Require(part.UInt16(name) > 0, new Violation(MqttDisconnectReasonCode.TopicAliasInvalid, $"{name} is 0"));
                break;
            case PropertyId.TopicAliasMaximum:
                part.UInt16(name);
                break;
            case PropertyId.SubscriptionIdentifier:
                part.Require(part.VariableInteger(name) > 0, Violation.Protocol($"{name} is 0"));
                break;
            case PropertyId.CorrelationData or PropertyId.AuthenticationData:
                part.Binary(name);
                break;
            case PropertyId.ResponseTopic:
                part.Require(part.Text(name).IndexOfAny((byte)'+', (byte)'#') < 0, Violation.Protocol($"{name} has a wildcard"));
                break;
            case PropertyId.UserProperty:
                part.Text(name);
                part.Text(name);
                break;
            default:
                part.Text(name);
                break;
        }
    }
}
