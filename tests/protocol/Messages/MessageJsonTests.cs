using System.Text;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Tests.Messages;

public sealed class MessageJsonTests
{
    [Fact]
    public void Meta_is_written_and_read()
    {
        var meta = new DeviceMeta
        {
            Model = "hue-light",
            Hash = ModelHash.Parse("abc"),
            Labels = new Dictionary<string, string> { ["site"] = "lab" },
            Incarnation = Incarnation.Parse("i1"),
        };

        var payload = MessageJson.ToUtf8(meta);

        Assert.Equal("""{"contract":1,"model":"hue-light","hash":"abc","labels":{"site":"lab"},"incarnation":"i1"}""", Encoding.UTF8.GetString(payload));
        Assert.True(MessageJson.TryParse(payload, out DeviceMeta? read, out _));
        Assert.Equal("lab", read.Labels["site"]);
        Assert.Equal(meta with { Labels = read.Labels }, read);
    }

    [Fact]
    public void Status_is_written_and_read()
    {
        var status = new DeviceStatus
        {
            State = Presence.Online,
            Incarnation = Incarnation.Parse("i1"),
            Ledger = LedgerGeneration.Parse("g1"),
            At = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero),
        };

        var payload = MessageJson.ToUtf8(status);

        Assert.Equal("""{"state":"online","incarnation":"i1","ledger":"g1","at":"2026-11-23T08:00:00+00:00"}""", Encoding.UTF8.GetString(payload));
        Assert.True(MessageJson.TryParse(payload, out DeviceStatus? read, out _));
        Assert.Equal(status, read);
    }

    [Fact]
    public void State_passes_properties_through()
    {
        var state = new DeviceState { Properties = JsonText.Parse("""{"power":true}"""), Revision = 7 };

        var payload = MessageJson.ToUtf8(state);

        Assert.Equal("""{"properties":{"power":true},"revision":7}""", Encoding.UTF8.GetString(payload));
        Assert.True(MessageJson.TryParse(payload, out DeviceState? read, out _));
        Assert.Equal(state, read);
    }

    [Fact]
    public void Control_requests_are_written_and_read()
    {
        var id = new CommandId(new UInt128(1, 2));
        var run = RunId.Parse("r1");
        var register = new RegisterRequest { Run = run, Epoch = 3 };
        var query = new QueryRequest { Id = id, Run = run, Epoch = 3, KeepMs = 5000 };
        var cancel = new CancelRequest { Id = id };

        Assert.True(MessageJson.TryParse(MessageJson.ToUtf8(register), out RegisterRequest? registerRead, out _));
        Assert.True(MessageJson.TryParse(MessageJson.ToUtf8(query), out QueryRequest? queryRead, out _));
        Assert.True(MessageJson.TryParse(MessageJson.ToUtf8(cancel), out CancelRequest? cancelRead, out _));

        Assert.Equal(register, registerRead);
        Assert.Equal(query, queryRead);
        Assert.Equal(cancel, cancelRead);
        Assert.Equal($$"""{"id":"{{id}}"}""", Encoding.UTF8.GetString(MessageJson.ToUtf8(cancel)));
    }

    [Fact]
    public void A_registration_is_an_acknowledgement()
    {
        var reply = new RegisterReply(Incarnation.Parse("i1"), LedgerGeneration.Parse("g1"), 3);

        Assert.True(Acknowledgement.TryParse(reply.ToAcknowledgement().ToUtf8(), out var acknowledgement, out _));
        Assert.True(RegisterReply.TryFrom(acknowledgement, out var read));
        Assert.Equal(reply, read);
        Assert.False(RegisterReply.TryFrom(acknowledgement with { Ledger = null }, out _));
        Assert.False(RegisterReply.TryFrom(Acknowledgement.Rejected(ErrorCodes.StaleEpoch, "old"), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"state":"asleep"}""")]
    [InlineData("""{"state":1}""")]
    [InlineData("""{"state":"online","incarnation":"a b"}""")]
    [InlineData("""{"state":"online","at":"yesterday"}""")]
    public void A_malformed_status_is_a_value_with_a_reason(string payload)
    {
        Assert.False(MessageJson.TryParse(Encoding.UTF8.GetBytes(payload), out DeviceStatus? _, out var reason));
        Assert.NotEmpty(reason);
    }

    [Theory]
    [InlineData("{\"id\":", "it is not JSON (line 1, byte 7)")]
    [InlineData("[]", "it must be a JSON object with \"id\", \"run\", \"epoch\"")]
    [InlineData("{}", "it must be a JSON object with \"id\", \"run\", \"epoch\"")]
    [InlineData("""{"id":"xyz","run":"r","epoch":1}""", "its \"id\" is not valid")]
    [InlineData("""{"id":"00","run":"r","epoch":"one"}""", "its \"id\" is not valid")]
    [InlineData("""{"run":"r","epoch":"one"}""", "its \"epoch\" is not valid")]
    public void What_is_wrong_with_a_query_is_said_to_people(string payload, string expected)
    {
        Assert.False(MessageJson.TryParse(Encoding.UTF8.GetBytes(payload), out QueryRequest? _, out var reason));
        Assert.Equal(expected, reason);
    }

    [Theory]
    [InlineData("""{"model":"m"}""")]
    [InlineData("""{"model":null,"hash":"a"}""")]
    [InlineData("""{"model":"m","hash":"a","labels":null}""")]
    public void A_malformed_meta_is_a_value(string payload) =>
        Assert.False(MessageJson.TryParse(Encoding.UTF8.GetBytes(payload), out DeviceMeta? _, out _));

    [Theory]
    [InlineData("{}", true)]
    [InlineData(" {\"a\":[1]} ", true)]
    [InlineData("[]", false)]
    [InlineData("", false)]
    [InlineData("{} {}", false)]
    [InlineData("{\"a\":}", false)]
    public void Arguments_are_one_JSON_object(string text, bool valid) =>
        Assert.Equal(valid, JsonText.TryCreateObject(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void A_moment_keeps_its_microseconds()
    {
        var time = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero).AddTicks(1234567 / 10 * 10);

        var moment = DeviceTime.From(time);

        Assert.Equal(time, moment.ToDateTimeOffset());
        Assert.True(DeviceTime.TryFromUnixMilliseconds((double)moment.UnixMilliseconds, out var read));
        Assert.Equal(moment, read);
        Assert.Equal(TimeSpan.FromMilliseconds(1.5), new DeviceTime(moment.UnixMicroseconds + 1500) - moment);
    }
}
