using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>parallel: [ … ]</c>.</summary>
internal sealed class ParallelKind() : StepKind(
    "parallel", Shape.Branches, "Branches, all at once; a list within it is a branch that is a sequence.",
    FailureReader.Key,
    new Key("need", Shape.Count, "How many branches must succeed for it to end; the rest is cancelled."))
{
    public override Node Read(YamlNode value, MapReader step, StepReader reader)
    {
        var need = ValueReader.Count(step, "need");
        if (value is not YamlList { IsEmpty: false } list)
        {
            reader.Diagnostics.Error(value.At, $"parallel must be a list of branches, but is {value.Describe()}", "write each branch after \"- \" on a line of its own");
            return new ParallelNode([]);
        }

        return new ParallelNode(reader.Items(list)) { OnFailure = FailureReader.Read(step) ?? OnFailure.Drain, Need = need, NeedAt = step.Take("need")?.At ?? SourcePosition.None };
    }
}
