using Xunit;

namespace IotMqtt.Testing.Xunit;

/// <summary>
/// A lab that the tests of a class or of a collection share: derive from it to say which fleet, and take it with <c>IClassFixture</c> or
/// <c>ICollectionFixture</c>. As it is, it is a lab without a fleet.
/// <code>
/// public sealed class HomeLab() : LabFixture("fleets/home.yaml");
///
/// public sealed class SpeakerTests : IClassFixture&lt;HomeLab&gt;
/// {
///     public SpeakerTests(HomeLab home) => home.WriteTo(TestContext.Current.TestOutputHelper);
/// }
/// </code>
/// </summary>
/// <param name="fleetFile">The fleet's file; null: none.</param>
public class LabFixture(string? fleetFile) : IAsyncLifetime
{
    private readonly LabOutput _output = new();
    private IotLab? _lab;

    /// <summary>A lab without a fleet.</summary>
    public LabFixture()
        : this(null)
    {
    }

    /// <summary>The lab.</summary>
    public IotLab Lab => _lab ?? throw new InvalidOperationException("the lab is there once the fixture has been initialised");

    /// <summary>What the lab is made of.</summary>
    protected virtual IotLabOptions Options => new();

    /// <summary>From now on what crosses the lab is in the output of this test.</summary>
    /// <param name="output">The output; null: of none.</param>
    public void WriteTo(ITestOutputHelper? output) => _output.Turn(output);

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        var options = Options with { Output = Options.Output ?? _output.Write };
        _lab = fleetFile is null ? await IotLab.StartAsync(options).ConfigureAwait(false) : await IotLab.StartAsync(fleetFile, options).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_lab is not null)
        {
            await _lab.DisposeAsync().ConfigureAwait(false);
        }
    }
}
