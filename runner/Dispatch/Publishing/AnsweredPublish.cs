using IotMqtt.Engine.Running;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Dispatch.Timing;

namespace IotMqtt.Runner.Dispatch.Publishing;

/// <summary>Tells a run when the broker has taken a message of its own, or why it has not.</summary>
internal sealed class AnsweredPublish(Ticket ticket, RunClock clock, IFactSink facts) : IPublishObserver
{
    public bool OnGranted(long token, long timestamp) => true;

    public void OnCompleted(long token, PublishResult result) => facts.Post(new Fact.Performed(clock.Now, ticket, result.Outcome switch
    {
        PublishOutcome.Taken or PublishOutcome.NoSubscribers => null,
        PublishOutcome.Refused => $"the broker refused the message with reason code {result.ReasonCode}",
        PublishOutcome.NotSent => "the message could not be sent: there is no connection, or it is larger than the broker takes",
        _ => "the connection broke before the broker had taken the message; it may or may not have arrived",
    }));
}
