using System.Text;
using System.Text.Json;
using CsCheck;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Tests.Messages;

public sealed class AcknowledgementTests
{
    private static readonly Gen<DeviceTime?> Times =
        Gen.Long[0, 4_000_000_000_000_000].Select(microseconds => new DeviceTime(microseconds)).Nullable();

    private static readonly Gen<JsonText> Json = Gen.OneOf(
        default,
        JsonText.Parse("""{"power":true,"color":"#ff0000","deep":[1,{"a":null}]}"""),
        JsonText.Parse("{}"));

    private static readonly Gen<Acknowledgement> Acknowledgements =
        from status in Gen.Enum<AcknowledgementStatus>()
        from epoch in Gen.Long[0, long.MaxValue].Nullable()
        from attempt in Gen.Int[0, int.MaxValue].Nullable()
        from result in Json
        from state in Json
        from revision in Gen.Long[0, long.MaxValue].Nullable()
        from accepted in Times
        from started in Times
        from done in Times
        from message in Gen.String[Gen.Char[' ', '퟿'], 0, 20].Null()
        from progress in Gen.Double[0, 1].Nullable()
        from ledger in Gen.OneOf(default(LedgerGeneration?), LedgerGeneration.Parse("g1"))
        select new Acknowledgement
        {
            Status = status,
            Epoch = epoch,
            Attempt = attempt,
            Result = result,
            State = state,
            Revision = revision,
            Times = new AcknowledgementTimes(accepted, started, done),
            Error = message is null ? null : new AcknowledgementError("some-code", message),
            Progress = progress,
            Ledger = ledger,
            Incarnation = ledger is null ? null : Incarnation.Parse("i-7"),
        };

    [Fact]
    public void What_is_written_is_read() => Acknowledgements.Sample(acknowledgement =>
    {
        Assert.True(Acknowledgement.TryParse(acknowledgement.ToUtf8(), out var read, out var reason), reason);
        Assert.Equal(acknowledgement, read);
    });

    [Fact]
    public void It_reads_as_the_contract_has_it()
    {
        var acknowledgement = new Acknowledgement
        {
            Status = AcknowledgementStatus.Succeeded,
            Epoch = 2,
            Attempt = 1,
            Result = JsonText.Parse("7"),
            State = JsonText.Parse("""{"bowl":"clean"}"""),
            Revision = 7,
            Times = new AcknowledgementTimes(new DeviceTime(1_000_000), new DeviceTime(1_000_250), new DeviceTime(2_000_000)),
        };

        Assert.Equal(
            """{"status":"succeeded","epoch":2,"attempt":1,"result":7,"state":{"bowl":"clean"},"revision":7,"times":{"accepted":1000,"started":1000.25,"done":2000}}""",
            Encoding.UTF8.GetString(acknowledgement.ToUtf8()).Replace("1000.250", "1000.25", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rejection_carries_its_reason()
    {
        var payload = """{"status":"rejected","error":{"code":"precondition-failed","message":"the bowl has not been flushed"},"later":{"x":[1]}}"""u8;

        Assert.True(Acknowledgement.TryParse(payload.ToArray(), out var read, out _));
        Assert.Equal(AcknowledgementStatus.Rejected, read.Status);
        Assert.Equal(new AcknowledgementError(ErrorCodes.PreconditionFailed, "the bowl has not been flushed"), read.Error);
        Assert.True(read.Settles);
    }

    [Theory]
    [InlineData(nameof(AcknowledgementStatus.Accepted), null, false, false)]
    [InlineData(nameof(AcknowledgementStatus.Running), null, false, false)]
    [InlineData(nameof(AcknowledgementStatus.Succeeded), null, true, true)]
    [InlineData(nameof(AcknowledgementStatus.Unknown), null, true, true)]
    [InlineData(nameof(AcknowledgementStatus.Rejected), ErrorCodes.Busy, true, true)]
    [InlineData(nameof(AcknowledgementStatus.Rejected), ErrorCodes.IdConflict, true, false)]
    [InlineData(nameof(AcknowledgementStatus.Rejected), ErrorCodes.StaleEpoch, true, false)]
    public void Some_refusals_settle_nothing(string status, string? code, bool terminal, bool settles)
    {
        var acknowledgement = new Acknowledgement { Status = Enum.Parse<AcknowledgementStatus>(status), Error = code is null ? null : new AcknowledgementError(code, "") };

        Assert.Equal(terminal, acknowledgement.IsTerminal);
        Assert.Equal(settles, acknowledgement.Settles);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("hello", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "no status")]
    [InlineData("""{"status":"succeeded"} x""", "not JSON")]
    [InlineData("""{"status":"succeeded","result":{""", "not JSON")]
    [InlineData("""{"status":"done"}""", "status")]
    [InlineData("""{"status":2}""", "status")]
    [InlineData("""{"status":null}""", "status")]
    [InlineData("""{"status":"succeeded","epoch":"1"}""", "epoch")]
    [InlineData("""{"status":"succeeded","epoch":-1}""", "epoch")]
    [InlineData("""{"status":"succeeded","attempt":2147483648}""", "attempt")]
    [InlineData("""{"status":"succeeded","revision":1.5}""", "revision")]
    [InlineData("""{"status":"succeeded","state":[1]}""", "state")]
    [InlineData("""{"status":"succeeded","times":7}""", "times")]
    [InlineData("""{"status":"succeeded","times":{"accepted":"now"}}""", "times")]
    [InlineData("""{"status":"succeeded","times":{"started":-1}}""", "times")]
    [InlineData("""{"status":"succeeded","times":{"done":1e300}}""", "times")]
    [InlineData("""{"status":"failed","error":"bad"}""", "error")]
    [InlineData("""{"status":"failed","error":{"message":"bad"}}""", "error")]
    [InlineData("""{"status":"running","progress":1.5}""", "progress")]
    [InlineData("""{"status":"succeeded","ledger":"a b"}""", "ledger")]
    [InlineData("""{"status":"succeeded","incarnation":7}""", "incarnation")]
    public void Malformed_ones_are_a_value_with_a_reason(string payload, string reason)
    {
        Assert.False(Acknowledgement.TryParse(Encoding.UTF8.GetBytes(payload), out var read, out var said));
        Assert.Null(read);
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_malformed()
    {
        byte[] payload = [.. "{\"status\":\"failed\",\"error\":{\"code\":\""u8, 0xFF, 0xFE, .. "\"}}"u8];

        Assert.False(Acknowledgement.TryParse(payload, out _, out var reason));
        Assert.NotNull(reason);
    }

    [Fact]
    public void Whatever_comes_reading_never_throws() => Gen.Byte.Array[0, 60].Sample(noise =>
    {
        Assert.Equal(Acknowledgement.TryParse(noise, out _, out var reason), reason is null);
        byte[] cut = [.. """{"status":"succeeded","times":{"accepted":1},"error":{"code":"x"},"result":"""u8, .. noise];
        Assert.Equal(Acknowledgement.TryParse(cut, out _, out reason), reason is null);
    });

    [Fact]
    public void Any_cut_of_a_good_one_is_malformed() => Acknowledgements.Sample(acknowledgement =>
    {
        var payload = acknowledgement.ToUtf8();
        for (var length = 0; length < payload.Length; length++)
        {
            Assert.False(Acknowledgement.TryParse(payload.AsMemory(0, length), out _, out _));
        }
    }, iter: 20);

    [Fact]
    public void Names_in_other_spellings_of_JSON_are_read()
    {
        Assert.True(Acknowledgement.TryParse("""{"st\u0061tus":"succ\u0065eded"}"""u8.ToArray(), out var read, out _));
        Assert.Equal(AcknowledgementStatus.Succeeded, read.Status);
    }

    [Fact]
    public void A_result_is_a_slice_of_the_payload()
    {
        var payload = """{"status":"succeeded","result":  [1, 2] }"""u8.ToArray();

        Assert.True(Acknowledgement.TryParse(payload, out var read, out _));
        Assert.Equal("[1, 2]", read.Result.ToString());
        Assert.Equal(JsonValueKind.Array, read.Result.ToElement().ValueKind);
    }
}
