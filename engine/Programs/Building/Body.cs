namespace IotMqtt.Engine.Programs.Building;

/// <summary>Steps where YAML has a list: a lone sequence without options is the list itself.</summary>
internal static class Body
{
    public static SequenceNode Of(params ReadOnlySpan<Node> steps) =>
        steps is [SequenceNode sequence] && sequence == new SequenceNode(sequence.Steps) { At = sequence.At } ? sequence : new([.. steps]);
}
