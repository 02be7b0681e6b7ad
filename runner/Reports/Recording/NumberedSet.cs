namespace IotMqtt.Runner.Reports.Recording;

/// <summary>Things that are said again and again, each kept once and known by a number.</summary>
internal sealed class NumberedSet<T>
    where T : notnull
{
    private readonly Dictionary<T, int> _numbers = [];
    private readonly List<T> _things = [];

    public T this[int number] => _things[number];

    /// <summary>Its number, from 0.</summary>
    public int NumberOf(T thing)
    {
        if (!_numbers.TryGetValue(thing, out var number))
        {
            number = _things.Count;
            _numbers.Add(thing, number);
            _things.Add(thing);
        }

        return number;
    }
}
