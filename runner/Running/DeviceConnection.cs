using IotMqtt.Models.Devices;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Registry;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Running;

/// <summary>Speaks to the devices that are on a broker, without a program: lists them, sends a command.</summary>
internal sealed class DeviceConnection : IAsyncDisposable
{
    private readonly ControlPlane _plane;
    private readonly Requester _requester;
    private readonly ILogger _logger;
    private readonly RequesterListener _listener;

    private DeviceConnection(ControlPlane plane, Requester requester, ILogger logger)
    {
        _plane = plane;
        _requester = requester;
        _logger = logger;
        _listener = new RequesterListener(requester);
        _plane.Add(_listener);
    }

    /// <summary>Connects.</summary>
    /// <param name="options">Where: the broker, TLS, the root topic, the log and the clock. A fleet is not looked at.</param>
    /// <param name="cancellationToken">Gives up connecting.</param>
    /// <exception cref="OrchestratorException">The broker cannot be reached or lets nobody in.</exception>
    /// <exception cref="ArgumentException">No broker is named.</exception>
    public static async Task<DeviceConnection> ConnectAsync(ProgramRunnerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var logger = options.LoggerFactory.CreateLogger<DeviceConnection>();
        var environment = new LinkEnvironment(options.Time, options.LoggerFactory, seed: options.Seed);
        var plane = await ControlPlane.ConnectAsync(
            new ControlPlaneOptions
            {
                Broker = options.Broker ?? throw new ArgumentException("No broker is named.", nameof(options)),
                Root = options.Root,
                Tls = options.Tls,
            },
            environment,
            logger,
            cancellationToken);
        return new DeviceConnection(plane, new Requester(plane.Topics, plane.ClientOf(0), environment), logger);
    }

    /// <summary>The devices that are or were there, as far as the broker retains it, by id.</summary>
    /// <param name="cancellationToken">Gives up looking.</param>
    /// <exception cref="OrchestratorException">The broker does not let us look.</exception>
    public async Task<IReadOnlyList<DeviceListing>> ListAsync(CancellationToken cancellationToken = default)
    {
        var found = await new Survey(_plane, _logger).LookAsync(cancellationToken);
        return [.. found.Select(find => new DeviceListing
        {
            Id = find.Id.ToString(),
            Model = find.Meta?.Model,
            Online = find.Status is null ? null : find.Status.State == Presence.Online,
            Since = find.Status?.At,
            Labels = find.Meta?.Labels ?? new Dictionary<string, string>(),
            Commands = find.Model is null ? [] : [.. find.Model.Commands.Select(command => command.Name)],
        })];
    }

    /// <summary>Clears what is retained of devices and workers that are not there any more.</summary>
    /// <param name="clears">False: it is only said.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The topics.</returns>
    /// <exception cref="OrchestratorException">The broker does not let us look.</exception>
    public async Task<IReadOnlyList<string>> SweepAsync(bool clears, CancellationToken cancellationToken = default)
    {
        // The answers are the sweep's, and no command's.
        _plane.Remove(_listener);
        try
        {
            return await new Sweep(_plane, TimeSpan.FromSeconds(2)).RunAsync(clears, cancellationToken);
        }
        finally
        {
            _plane.Add(_listener);
        }
    }

    /// <summary>What a device says that it is, as far as the broker retains it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="cancellationToken">Gives up looking.</param>
    /// <returns>Null where nobody knows.</returns>
    /// <exception cref="OrchestratorException">The broker does not let us look.</exception>
    public async Task<DeviceModel?> ModelOfAsync(DeviceId device, CancellationToken cancellationToken = default) =>
        (await new Survey(_plane, _logger, device).LookAsync(cancellationToken)).FirstOrDefault(find => find.Id == device)?.Model;

    /// <summary>Sends one command and awaits its terminal acknowledgement. It belongs to no run: no ledger keeps it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="timeout">How long to wait, from when it goes out; the device does not start it later either.</param>
    /// <param name="phases">Told of <c>accepted</c> and <c>running</c> as they come; null: they are not asked for.</param>
    /// <param name="cancellationToken">Ends the waiting, not the command.</param>
    /// <returns>How the request ended; the acknowledgement says how the command did.</returns>
    public Task<Reply> SendAsync(
        DeviceId device,
        CommandName command,
        ValueMap arguments,
        TimeSpan timeout,
        IProgress<Acknowledgement>? phases = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        JsonText.TryCreateObject(Value.Of(arguments).ToJsonBytes(), out var json);
        var message = new CommandMessage
        {
            Device = device,
            Command = command,
            Arguments = json,
            Acks = phases is null ? AcknowledgementPhases.None : AcknowledgementPhases.Accepted | AcknowledgementPhases.Running,
        };
        return _requester.SendAsync(_plane.Watching, message, timeout, phases, cancellationToken);
    }

    /// <summary>Says goodbye to the broker.</summary>
    public ValueTask DisposeAsync() => _plane.DisposeAsync();
}
