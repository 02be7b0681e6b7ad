using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Dispatch.Devices;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Running;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Registry;

/// <summary>
/// Registers all devices of a run at once: each is asked as soon as it says that it is there, so many at a time, and the announcement
/// of the run's epoch is the question. Bounded: when nothing has happened for a while, what has not answered is missing.
/// </summary>
internal sealed partial class RollCall : IPlaneListener
{
    // As many filters of their own cost less than what a wildcard brings from a broker that others use, too.
    private const int MaxOwnFilters = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<DeviceId, Candidate> _candidates;
    private readonly Dictionary<CommandId, Candidate> _asked = [];
    private readonly Dictionary<CommandId, Candidate> _knockedAt = [];
    private readonly HashSet<Incarnation> _workersGone = [];
    private readonly Queue<Candidate> _waiting = new();
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ControlPlane _plane;
    private readonly RunId _run;
    private readonly long _epoch;
    private readonly bool _withState;
    private readonly bool _watches;
    private readonly RegistrationOptions _options;
    private readonly ILogger _logger;
    private Task _start = Task.CompletedTask;
    private UInt128 _lastRequest;
    private int _unanswered;
    private int _refused;
    private int _stateless;
    private long _progress;

    public RollCall(
        ControlPlane plane, IEnumerable<KnownDevice> devices, RunId run, long epoch, bool withState, RegistrationOptions options, ILogger logger, bool watches = false)
    {
        _plane = plane;
        _run = run;
        _epoch = epoch;
        _withState = withState;
        _watches = watches;
        _options = options;
        _logger = logger;
        _candidates = devices.ToDictionary(device => device.Id, device => new Candidate(device));
        _unanswered = _candidates.Count;
        _stateless = withState ? _candidates.Count : 0;
        var random = Guid.NewGuid();
        _lastRequest = new UInt128(BitConverter.ToUInt64(random.ToByteArray()), 0);
    }

    /// <summary>Registers the devices. They are listened to until <see cref="StopListening"/>.</summary>
    /// <exception cref="OrchestratorException">Devices are missing.</exception>
    public async Task<Registration> RegisterAsync(CancellationToken cancellationToken)
    {
        var began = _plane.Time.GetTimestamp();
        if (_candidates.Count == 0)
        {
            return new Registration(0, TimeSpan.Zero);
        }

        _plane.Add(this);
        await Task.WhenAll(Filters().Select(filter => WatchAsync(filter, cancellationToken)));
        await WaitAsync(cancellationToken);
        return new Registration(_candidates.Count, _plane.Time.GetElapsedTime(began));
    }

    /// <summary>
    /// Follows the start of the fleet: while it lasts devices are still to come, and the start has bounds of its own; where it fails they
    /// need not be waited for.
    /// </summary>
    public void Follow(Task start)
    {
        _start = start;
        start.ContinueWith(
            failed => _complete.TrySetException(failed.Exception!.InnerExceptions),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Listens no more; the run does, over the same subscriptions.</summary>
    public void StopListening() => _plane.Remove(this);

    /// <summary>Ends the subscriptions too.</summary>
    public async Task EndAsync()
    {
        StopListening();
        if (_candidates.Count > 0)
        {
            await Task.WhenAll(Filters().Select(filter => _plane.Watching.UnsubscribeAsync(filter, CancellationToken.None)));
        }
    }

    public bool OnAcknowledgement(in ReceivedAcknowledgement received)
    {
        lock (_gate)
        {
            if (!received.Correlation.TryGetCommandId(out var id) || Answering(id) is not { } candidate || candidate.Device.Id != received.Device)
            {
                return false;
            }

            if (candidate.Stage is CandidateStage.Registered or CandidateStage.Refused)
            {
                // Asked twice, and answered twice.
                return true;
            }

            _progress++;
            if (RegisterReply.TryFrom(received.Acknowledgement, out var reply))
            {
                candidate.Device.Registered(reply);
                candidate.Stage = CandidateStage.Registered;
            }
            else
            {
                candidate.Stage = CandidateStage.Refused;
                candidate.Refusal = received.Acknowledgement.Error?.Message ?? "it does not say why";
                _refused++;
                Log.Refused(_logger, received.Device, candidate.Refusal);
            }

            _unanswered--;
            CompleteIfAll();
            AskNext();
        }

        return true;
    }

    public void OnMessage(IncomingMessage message, in TopicAddress? address)
    {
        // What is cleared says nothing.
        if (address is not { } known || message.Payload.IsEmpty || known.Kind is not (TopicKind.Status or TopicKind.State or TopicKind.WorkerStatus))
        {
            return;
        }

        lock (_gate)
        {
            if (known.Kind == TopicKind.WorkerStatus)
            {
                TakeWorker(known.Worker, message);
                return;
            }

            if (!_candidates.TryGetValue(known.Device, out var candidate))
            {
                return;
            }

            if (known.Kind == TopicKind.State)
            {
                TakeState(candidate, message);
            }
            else if (MessageJson.TryParse(message.Payload.Span, out DeviceStatus? status, out var reason))
            {
                TakeStatus(candidate, status);
            }
            else
            {
                Log.MalformedStatus(_logger, known.Device, reason);
            }
        }
    }

    public void OnLink(int link, LinkStatus status)
    {
        if (status.IsFinal && status.Failure is { } failure)
        {
            _complete.TrySetException(new OrchestratorException(OrchestratorErrorKind.BrokerUnreachable, failure.Message));
        }
        else if (status.State == LinkState.Connected)
        {
            AskAgain(link);
        }
    }

    private void CompleteIfAll()
    {
        if (_unanswered > 0)
        {
            return;
        }

        if (_refused > 0)
        {
            // Nobody else is waited for, and they have said no.
            _complete.TrySetException(MissingDevices.Error(_candidates.Values, _withState));
        }
        else if (_stateless <= 0)
        {
            _complete.TrySetResult();
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var idle = TimeSpan.Zero;
        while (true)
        {
            var (before, wasStarting) = (Interlocked.Read(ref _progress), !_start.IsCompleted);
            try
            {
                await _complete.Task.WaitAsync(Slice, _plane.Time, cancellationToken);
                return;
            }
            catch (TimeoutException) when (Interlocked.Read(ref _progress) != before || wasStarting)
            {
                // Some have answered meanwhile, or were still to come, and more may.
                idle = TimeSpan.Zero;
            }
            catch (TimeoutException) when ((idle += Slice) < _options.Patience)
            {
                Knock();
            }
            catch (TimeoutException)
            {
                lock (_gate)
                {
                    throw MissingDevices.Error(_candidates.Values, _withState);
                }
            }
        }
    }

    private async Task WatchAsync(string filter, CancellationToken cancellationToken)
    {
        var result = await _plane.Watching.SubscribeAsync(new Subscription(filter), cancellationToken);
        if (!result.IsGranted)
        {
            throw new OrchestratorException(OrchestratorErrorKind.BrokerUnreachable, result.Failure ?? $"The broker refused the subscription to '{filter}'.");
        }
    }

    private IEnumerable<string> Filters()
    {
        var topics = _plane.Topics;
        if (_candidates.Count > MaxOwnFilters)
        {
            return _withState ? [topics.AllWorkersFilter, topics.AllLagFilter, topics.AllStatusFilter, topics.AllStateFilter] : [topics.AllWorkersFilter, topics.AllLagFilter, topics.AllStatusFilter];
        }

        var devices = _candidates.Keys;
        return
        [
            topics.AllWorkersFilter,
            topics.AllLagFilter,
            .. _withState ? devices.SelectMany(device => new[] { topics.Status(device), topics.State(device) }) : devices.Select(topics.Status),
        ];
    }
}
