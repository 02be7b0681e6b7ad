using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Lifecycle;

/// <summary>The keys of a mapping, each to be asked for once; what nobody asked for is an error.</summary>
internal sealed class Fields
{
    private readonly YamlMap _map;
    private readonly HashSet<string> _asked = [];

    private Fields(YamlMap map) => _map = map;

    public string First => _map.Entries[0].Key.Text;

    public int Line => _map.At.Line;

    public static Fields Of(YamlNode node) =>
        node is YamlMap map ? new Fields(map) : throw new FormatException($"{node.At}: a mapping was expected");

    public string? Text(string key) => Find(key) is YamlScalar scalar ? scalar.Text : null;

    public long? Integer(string key) => Value(key)?.AsInteger;

    public Value? Value(string key) => Find(key) is { } node ? Convert(node) : null;

    public IReadOnlyList<YamlNode> List(string key) => Find(key) is YamlList list ? list.Items : throw Error($"\"{key}\" must be a list");

    public YamlNode Node(string key) => Find(key) ?? throw Error($"\"{key}\" is missing");

    public void End()
    {
        foreach (var (key, _) in _map.Entries)
        {
            if (!_asked.Contains(key.Text))
            {
                throw new FormatException($"{key.At}: no such key: {key.Text}");
            }
        }
    }

    public FormatException Error(string message) => new($"{_map.At}: {message}");

    private YamlNode? Find(string key)
    {
        _asked.Add(key);
        return _map.Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;
    }

    private static Value Convert(YamlNode node) => node switch
    {
        YamlScalar { IsQuoted: true } quoted => Models.Values.Value.Of(quoted.Text),
        YamlScalar scalar => Scalar(scalar),
        YamlList list => Models.Values.Value.Of([.. list.Items.Select(Convert)]),
        YamlMap map => Models.Values.Value.Of(ValueMap.Of([.. map.Entries.Select(entry => (entry.Key.Text, Convert(entry.Value)))])),
        _ => throw new FormatException($"{node.At}: what is this?"),
    };

    private static Value Scalar(YamlScalar scalar) => scalar.Text switch
    {
        "true" => Models.Values.Value.True,
        "false" => Models.Values.Value.False,
        var text when long.TryParse(text, out var whole) => Models.Values.Value.Of(whole),
        var text => Models.Values.Value.Of(text),
    };
}
