namespace IotMqtt.Models.Expressions.Checking;

/// <summary>The names that an expression at some place of a file may use.</summary>
internal interface INameTable
{
    /// <summary>The names there are, for suggestions.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>Whether there is a name.</summary>
    bool TryGet(string name, out Shape shape);

    /// <summary>Whether there is a device of that id.</summary>
    bool TryGetDevice(string id, out Shape shape);
}
