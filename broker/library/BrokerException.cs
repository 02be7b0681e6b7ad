namespace IotMqtt.Broker;

/// <summary>The broker could not start. <see cref="Kind"/> says who can fix it; the message says what to do next.</summary>
public sealed class BrokerException(BrokerErrorKind kind, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What went wrong, by its remedy.</summary>
    public BrokerErrorKind Kind { get; } = kind;

    /// <summary>Several as one, of the first's kind, which says them all.</summary>
    internal static BrokerException Of(IReadOnlyList<BrokerException> errors) => errors is [var only]
        ? only
        : new BrokerException(errors[0].Kind, string.Join(Environment.NewLine, errors.Select(error => error.Message)), errors[0]);
}
