using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices;

internal static partial class DevicesLog
{
    [LoggerMessage(2001, LogLevel.Information, "{Count} devices are online at {Broker}, after {Milliseconds} ms")]
    public static partial void FleetOnline(this ILogger logger, int count, string broker, long milliseconds);

    [LoggerMessage(2002, LogLevel.Information, "{Goodbyes} of {Count} devices have said goodbye, after {Milliseconds} ms")]
    public static partial void FleetStopped(this ILogger logger, int goodbyes, int count, long milliseconds);

    [LoggerMessage(2015, LogLevel.Warning, "{Count} devices were cut off without a goodbye; the broker at {Broker} publishes their wills. It did not take their goodbyes in time")]
    public static partial void LeftByWill(this ILogger logger, int count, string broker);

    [LoggerMessage(2003, LogLevel.Error, "{Device}: another client has connected as {ClientId}; the device stays away, and looks again in {Seconds:0} s whether that client is gone. Give each client an id of its own; workers that share a fleet each host a part of it (--worker 1/2).")]
    public static partial void TakenOver(this ILogger logger, string device, string clientId, double seconds);

    [LoggerMessage(2004, LogLevel.Error, "{Device}: the broker does not let it in any more: {Reason}")]
    public static partial void Refused(this ILogger logger, string device, string reason);

    [LoggerMessage(2005, LogLevel.Debug, "{Device} is online again")]
    public static partial void OnlineAgain(this ILogger logger, string device);

    [LoggerMessage(2006, LogLevel.Warning, "{Device}: the model {Model} is wrong in {Where}: {Error}")]
    public static partial void ModelWrong(this ILogger logger, string device, string model, string where, string error);

    [LoggerMessage(2007, LogLevel.Debug, "{Device}: the model {Model} is wrong in {Where}, again: {Error}")]
    public static partial void ModelWrongAgain(this ILogger logger, string device, string model, string where, string error);

    [LoggerMessage(2008, LogLevel.Debug, "{Device}: a message on {Topic} is not understood: {Reason}")]
    public static partial void NotUnderstood(this ILogger logger, string device, string topic, string reason);

    [LoggerMessage(2009, LogLevel.Warning, "{Device}: no answer to a {Verb} of {Command}: its ledger has let go of commands of that run, or is full")]
    public static partial void NoHonestAnswer(this ILogger logger, string device, string verb, string command);

    [LoggerMessage(2010, LogLevel.Error, "Something that a device does has thrown")]
    public static partial void WorkFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2011, LogLevel.Information, "{Device}: the fault {Key} is set")]
    public static partial void FaultSet(this ILogger logger, string device, string key);

    [LoggerMessage(2012, LogLevel.Information, "{Device}: the fault {Key} is lifted")]
    public static partial void FaultLifted(this ILogger logger, string device, string key);

    [LoggerMessage(2013, LogLevel.Warning, "{Device}: the broker has not taken {What} ({Outcome})")]
    public static partial void NotTaken(this ILogger logger, string device, string what, string outcome);

    [LoggerMessage(2017, LogLevel.Warning, "{Taken} of {Count} devices are hosted by another worker: {Names}. They stay away until that one is gone; workers that share a fleet each host a part of it (--worker 1/2)")]
    public static partial void HostedElsewhere(this ILogger logger, int taken, int count, string names);

    [LoggerMessage(2016, LogLevel.Warning, "The worker is late: what its devices do happens up to {Milliseconds} ms after it is due. Spread the fleet over several workers (--worker 1/2), or let it do less")]
    public static partial void IsLate(this ILogger logger, long milliseconds);

    [LoggerMessage(2014, LogLevel.Warning, "The health file {File} cannot be written: {Reason}")]
    public static partial void HealthFileFailed(this ILogger logger, string file, string reason);
}
