using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Messages;

/// <summary>Reads acknowledgements at tens of thousands a second: one pass, no document, JSON values as slices.</summary>
internal ref struct AcknowledgementReader
{
    private readonly ReadOnlyMemory<byte> _payload;
    private Utf8JsonReader _json;
    private AcknowledgementStatus? _status;
    private long? _epoch;
    private long? _attempt;
    private JsonText _result;
    private JsonText _state;
    private long? _revision;
    private AcknowledgementTimes _times;
    private AcknowledgementError? _error;
    private double? _progress;
    private Incarnation? _incarnation;
    private LedgerGeneration? _ledger;

    public AcknowledgementReader(ReadOnlyMemory<byte> payload)
    {
        _payload = payload;
        _json = new Utf8JsonReader(payload.Span);
    }

    public string Reason { get; private set; } = "it is not JSON";

    public bool TryRead([NotNullWhen(true)] out Acknowledgement? acknowledgement)
    {
        acknowledgement = null;
        try
        {
            if (!TryReadObject())
            {
                return false;
            }

            // Whatever follows the object makes the reader throw.
            _json.Read();
        }
        catch (JsonException)
        {
            Reason = "it is not JSON";
            return false;
        }
        catch (InvalidOperationException)
        {
            // A string that is not UTF-8.
            Reason = "a text is not UTF-8";
            return false;
        }

        if (_status is not { } status)
        {
            return Refuse("it has no status");
        }

        acknowledgement = new Acknowledgement
        {
            Status = status,
            Epoch = _epoch,
            Attempt = (int?)_attempt,
            Result = _result,
            State = _state,
            Revision = _revision,
            Times = _times,
            Error = _error,
            Progress = _progress,
            Incarnation = _incarnation,
            Ledger = _ledger,
        };
        return true;
    }

    private bool TryReadObject()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            return Refuse("it is not a JSON object");
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryReadProperty())
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadProperty()
    {
        if (Is(AcknowledgementNames.Status))
        {
            _json.Read();
            var known = AcknowledgementNames.TryRead(ref _json, out var status);
            _status = status;
            return known || Refuse("its status is none of the contract's");
        }

        if (Is(AcknowledgementNames.Epoch))
        {
            return TryReadInteger(out _epoch, long.MaxValue) || Refuse("its epoch is not a count");
        }

        if (Is(AcknowledgementNames.Attempt))
        {
            return TryReadInteger(out _attempt, int.MaxValue) || Refuse("its attempt is not a count");
        }

        if (Is(AcknowledgementNames.Revision))
        {
            return TryReadInteger(out _revision, long.MaxValue) || Refuse("its revision is not a count");
        }

        if (Is(AcknowledgementNames.Result))
        {
            _result = ReadValue();
            return true;
        }

        if (Is(AcknowledgementNames.State))
        {
            _state = ReadValue();
            return _state.Utf8.Span[0] == (byte)'{' || Refuse("its state is not an object");
        }

        if (Is(AcknowledgementNames.Times))
        {
            return TryReadTimes();
        }

        if (Is(AcknowledgementNames.Error))
        {
            return TryReadError();
        }

        if (Is(AcknowledgementNames.Progress))
        {
            _json.Read();
            _progress = _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out var progress) && progress is >= 0 and <= 1 ? progress : null;
            return _progress is not null || Refuse("its progress is not between 0 and 1");
        }

        if (Is(AcknowledgementNames.Incarnation))
        {
            return TryReadId(out _incarnation) || Refuse("its incarnation is malformed");
        }

        if (Is(AcknowledgementNames.Ledger))
        {
            return TryReadId(out _ledger) || Refuse("its ledger generation is malformed");
        }

        _json.Skip();
        return true;
    }

    private bool TryReadTimes()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            return Refuse("its times are not an object");
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryReadPhase())
            {
                return Refuse("one of its times is not a moment in milliseconds");
            }
        }

        return true;
    }

    private bool TryReadPhase()
    {
        DeviceTime? time;
        if (Is(AcknowledgementNames.Accepted))
        {
            var read = TryReadTime(out time);
            _times = _times with { Accepted = time };
            return read;
        }

        if (Is(AcknowledgementNames.Started))
        {
            var read = TryReadTime(out time);
            _times = _times with { Started = time };
            return read;
        }

        if (Is(AcknowledgementNames.Done))
        {
            var read = TryReadTime(out time);
            _times = _times with { Done = time };
            return read;
        }

        _json.Skip();
        return true;
    }

    private bool TryReadError()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            return Refuse("its error is not an object");
        }

        string? code = null;
        string? message = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(AcknowledgementNames.Code))
            {
                _json.Read();
                code = _json.TokenType == JsonTokenType.String ? _json.GetString() : null;
            }
            else if (Is(AcknowledgementNames.Message))
            {
                _json.Read();
                message = _json.TokenType == JsonTokenType.String ? _json.GetString() : null;
            }
            else
            {
                _json.Skip();
            }
        }

        _error = code is null ? null : new AcknowledgementError(code, message ?? string.Empty);
        return _error is not null || Refuse("its error has no code");
    }

    private bool TryReadInteger(out long? value, long max)
    {
        _json.Read();
        value = _json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var number) && number >= 0 && number <= max ? number : null;
        return value is not null;
    }

    private bool TryReadTime(out DeviceTime? value)
    {
        _json.Read();
        value = _json.TokenType == JsonTokenType.Number
            && _json.TryGetDouble(out var milliseconds)
            && DeviceTime.TryFromUnixMilliseconds(milliseconds, out var time) ? time : null;
        return value is not null;
    }

    private bool TryReadId<TId>(out TId? value)
        where TId : struct, IId<TId>
    {
        _json.Read();
        value = _json.TokenType == JsonTokenType.String && TId.TryParse(_json.GetString(), out var id) ? id : null;
        return value is not null;
    }

    private JsonText ReadValue()
    {
        _json.Read();
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        return new JsonText(_payload[start..(int)_json.BytesConsumed]);
    }

    private readonly bool Is(JsonEncodedText name) => _json.ValueTextEquals(name.EncodedUtf8Bytes);

    private bool Refuse(string reason)
    {
        Reason = reason;
        return false;
    }
}
