using System.Collections.Immutable;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;
using IotMqtt.Runner.Dispatch.Devices;
using IotMqtt.Runner.Dispatch.Expressions;
using IotMqtt.Runner.Dispatch.Timing;

namespace IotMqtt.Runner.Dispatch.Selecting;

/// <summary>Finds the devices of a selection, as they are at that moment. Owned by the run loop.</summary>
internal sealed class Selector(DeviceDirectory devices, RunEvaluator evaluator, RunClock clock, IFactSink facts)
{
    public void Select(Effect.Select order)
    {
        var unknown = order.Selection.Ids.IsDefaultOrEmpty ? null : order.Selection.Ids.FirstOrDefault(id => devices.Find(id) is null);
        if (unknown is not null)
        {
            Answer(order, [], $"there is no device \"{unknown}\"");
            return;
        }

        var selected = ImmutableArray.CreateBuilder<string>();
        foreach (var device in devices.Select(order.Selection))
        {
            var fits = Fits(order, device);
            if (fits.Failed)
            {
                Answer(order, [], $"{device.Name}: {fits.Error}");
                return;
            }

            if (fits.Value.AsBoolean)
            {
                selected.Add(device.Name);
            }
        }

        Answer(order, selected.ToImmutable(), null);
    }

    private Evaluation Fits(Effect.Select order, KnownDevice device) => order.Where is { } where
        ? evaluator.Evaluate(
            new ValueTemplate.Computed(where), true, order.Scope, ValueMap.Of((order.As, device.AsValue())), order.Now, order.Seed)
        : Evaluation.Of(Value.True);

    private void Answer(Effect.Select order, ImmutableArray<string> selected, string? error) =>
        facts.Post(new Fact.Selected(clock.Now, order.Ticket, selected, error));
}
