namespace IotMqtt.Protocol.Links;

/// <summary>A link could not be set up. <see cref="Kind"/> says who can remedy it, the message what to do next.</summary>
internal sealed class MqttLinkException(LinkFailure failure, Exception? innerException = null)
    : Exception(failure?.Message, innerException)
{
    /// <summary>What went wrong.</summary>
    public LinkFailure Failure { get; } = failure ?? throw new ArgumentNullException(nameof(failure));

    /// <summary>Who can remedy it.</summary>
    public LinkFailureKind Kind => Failure.Kind;
}
