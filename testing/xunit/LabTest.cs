using Xunit;

namespace IotMqtt.Testing.Xunit;

/// <summary>
/// The base of a test class with a lab for each of its tests. What crosses the lab is in the output of the test; where the test fails, the lab's page
/// is attached to its result.
/// <code>
/// public sealed class RebootTests() : LabTest("fleets/acme.yaml")
/// {
///     [Fact]
///     public async Task A_unit_reboots() => (await Lab.RunAsync("programs/reboot.yaml")).ShouldSucceed();
/// }
/// </code>
/// </summary>
/// <param name="fleetFile">The fleet's file; null: the test starts its fleet itself, with <see cref="IotLab.HostAsync"/>, or has none.</param>
public abstract class LabTest(string? fleetFile = null) : IAsyncLifetime
{
    private readonly LabOutput _output = new();
    private IotLab? _lab;

    /// <summary>The lab of this test.</summary>
    protected IotLab Lab => _lab ?? throw new InvalidOperationException("the lab is there once InitializeAsync of the base class has run");

    /// <summary>What the lab is made of.</summary>
    protected virtual IotLabOptions Options => new();

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        _output.Turn(TestContext.Current.TestOutputHelper);
        var given = Options.Output;
        var options = Options with { Output = given is null ? _output.Write : line => Both(given, line) };
        var token = TestContext.Current.CancellationToken;
        _lab = fleetFile is null
            ? await IotLab.StartAsync(options, token).ConfigureAwait(false)
            : await IotLab.StartAsync(fleetFile, options, token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_lab is not null)
        {
            LabAttachments.AddIfFailed(_lab);
            await _lab.DisposeAsync().ConfigureAwait(false);
        }

        _output.Turn(null);
    }

    private void Both(Action<string> given, string line)
    {
        given(line);
        _output.Write(line);
    }
}
