namespace IotMqtt.Models.Expressions.Checking;

/// <summary>A fixed set of names, without devices.</summary>
/// <param name="names">The names.</param>
internal sealed class NameTable(IReadOnlyDictionary<string, Shape> names) : INameTable
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => names.Keys;

    /// <inheritdoc/>
    public bool TryGet(string name, out Shape shape) => names.TryGetValue(name, out shape!);

    /// <inheritdoc/>
    public bool TryGetDevice(string id, out Shape shape)
    {
        shape = Shape.Any;
        return false;
    }
}
