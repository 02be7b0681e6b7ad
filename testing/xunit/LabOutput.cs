using Xunit;

namespace IotMqtt.Testing.Xunit;

/// <summary>The output of the test that runs now: what comes when none does is left out. Safe for use by many threads.</summary>
internal sealed class LabOutput
{
    private readonly Lock _gate = new();
    private ITestOutputHelper? _output;

    /// <summary>From now on lines go to this test; null: to none.</summary>
    public void Turn(ITestOutputHelper? output)
    {
        lock (_gate)
        {
            _output = output;
        }
    }

    public void Write(string line)
    {
        lock (_gate)
        {
            try
            {
                _output?.WriteLine(line);
            }
            catch (InvalidOperationException)
            {
                // The test has ended meanwhile.
                _output = null;
            }
        }
    }
}
