using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.StandIns;

/// <summary>
/// A device as a class: what a model in YAML says, said in C#, alone or on top of a model in YAML (<see cref="ModelAttribute.Extends"/>). Each device
/// has an instance of its own, which is called by one thread at a time. What it does through <see cref="Device"/> happens when the method has
/// returned; where it throws, nothing of it does, and properties are as they were.
/// <code>
/// public sealed class AcmeUnit : StandIn
/// {
///     [Property] public int Boots { get; set; }
///
///     [Command(Takes = "300ms..1s")] public void Reboot(int id) => Boots++;
///
///     [Receives("acme/${serial}/downlink")]
///     public void Downlink(StandInMessage message) =>
///         Device.Do("reboot", new { id = message["id"] }, done => Device.Reply($"acme/{Device.Vars["serial"].AsText}/uplink", new { ok = done.Succeeded }));
/// }
/// </code>
/// </summary>
public abstract class StandIn
{
    private StandInShape? _shape;
    private StandInDevice? _device;

    /// <summary>The device, and what it can do, while one of its methods is called.</summary>
    protected StandInDevice Device => _device ?? throw new InvalidOperationException("the device has not started: a constructor cannot act");

    internal IEnumerable<(DurationSpec Every, string Name)> Timers => Shape.Timers.Select(timer => (timer.Every, timer.Method.Name));

    private StandInShape Shape => _shape ??= StandInShape.Of(GetType());

    /// <summary>The model of a class, to be hosted in a fleet.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <exception cref="InvalidFileException">The class, or what it extends, is no model: everything that is wrong.</exception>
    public static DeviceModel ModelOf<T>()
        where T : StandIn, new() => ModelOf(() => new T());

    /// <summary>The model of a class, to be hosted in a fleet.</summary>
    /// <param name="create">Makes the instance of a device; one more for its initial values.</param>
    /// <typeparam name="T">The class.</typeparam>
    /// <exception cref="InvalidFileException">The class, or what it extends, is no model: everything that is wrong.</exception>
    public static DeviceModel ModelOf<T>(Func<T> create)
        where T : StandIn
    {
        ArgumentNullException.ThrowIfNull(create);
        return new StandInModel(typeof(T), create).Build();
    }

    /// <summary>It has started. It is not connected yet.</summary>
    protected virtual void OnStarted()
    {
    }

    /// <summary>It has connected, for the first time or again: the place for what it says then.</summary>
    protected virtual void OnConnected()
    {
    }

    internal void Start(StandInDevice device) => OnStarted();

    internal void Connect() => OnConnected();

    internal bool Handles(string entry) => Shape.Receivers.ContainsKey(entry);

    internal bool Carries(string command) => Shape.Commands.ContainsKey(command);

    internal bool Guards(string command) => Shape.Guards.ContainsKey(command);

    internal bool Reads(string reading) => Shape.Readings.ContainsKey(reading);

    internal void Call(string timer) => StandInShape.Invoke(Shape.Timers.First(known => known.Method.Name == timer).Method, this, []);

    internal void Receive(string entry, StandInMessage message) =>
        StandInShape.Invoke(Shape.Receivers[entry], this, Shape.Receivers[entry].GetParameters().Length == 0 ? [] : [message]);

    internal Value Read(string reading) => Value.From(StandInShape.Invoke(Shape.Readings[reading], this, []));

    internal Value? Carry(string command, ValueMap arguments)
    {
        var method = Shape.Commands[command];
        var result = StandInShape.Invoke(method, this, StandInShape.Arguments(method, arguments));
        return method.ReturnType == typeof(void) ? null : Value.From(result);
    }

    internal string? Guard(string command, ValueMap arguments) => Shape.Guards[command]
        .Select(guard => (string?)StandInShape.Invoke(guard, this, StandInShape.Arguments(guard, arguments)))
        .FirstOrDefault(refusal => refusal is not null);

    /// <summary>Before a call: its properties are those of the device.</summary>
    internal void Load(StandInDevice device)
    {
        _device = device;
        foreach (var (name, property) in Shape.Properties)
        {
            property.SetValue(this, StandInTypes.ToClr(device[name], property.PropertyType));
        }
    }

    /// <summary>After a call: those of the device are its own.</summary>
    internal void Store(StandInDevice device)
    {
        foreach (var (name, property) in Shape.Properties)
        {
            var value = StandInTypes.FromClr(property.GetValue(this));
            if (device[name] != value)
            {
                device[name] = value;
            }
        }
    }
}
