using IotMqtt.Engine.Programs;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Calls;

/// <summary>One HTTP request.</summary>
internal sealed class HttpFrame(HttpNode node) : CallFrame(node)
{
    private string _url = "";

    public override NodeKind? Kind => NodeKind.Http;

    protected override ValueTemplate Question => new ValueTemplate.List([node.Url, Nodes.Templates.Map(node.Headers), OrNull(node.Body?.Value)]);

    protected override Expression? Where => node.Where;

    protected override string What => $"{node.Method} {_url}";

    protected override (string Value, string Also) Named => ("body", "status");

    protected override Effect? Effect(Ticket ticket, ReadOnlySpan<Value> computed, out string? problem)
    {
        _url = computed[0].Kind == ValueKind.Text ? computed[0].AsText : "";
        problem = null;
        if (!Uri.TryCreate(_url, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            problem = $"a URL such as http://host/path was expected, and this is {computed[0].ToJson()}";
            return null;
        }

        return new Effect.Fetch(ticket, node.Method, _url, Texts(computed[1]), BytesOf(node.Body, computed[2]), TypeOf(computed[2]));
    }

    protected override string? Problem(ValueMap answer)
    {
        var status = (int)answer["status"].AsInteger;
        var isWanted = node.Statuses.IsEmpty ? status is >= 200 and <= 299 : node.Statuses.Contains(status);
        var wanted = node.Statuses.IsEmpty ? "200 to 299" : string.Join(" or ", node.Statuses);
        return isWanted ? null : $"{What} was answered with {status}, not with {wanted}: {SeenValues.Short(answer["body"])}";
    }

    private string? TypeOf(in Value body) =>
        node.Body is null ? null
        : node.Body.Bytes is not null ? "application/octet-stream"
        : body.Kind == ValueKind.Text ? "text/plain; charset=utf-8"
        : "application/json";
}
