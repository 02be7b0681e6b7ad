using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Ids;

/// <summary>Which ledger of a device: a new one means that the old was lost, and then nothing is re-sent blindly.</summary>
[JsonConverter(typeof(IdJsonConverter<LedgerGeneration>))]
internal readonly record struct LedgerGeneration : IId<LedgerGeneration>
{
    /// <summary>The longest generation, in characters.</summary>
    public const int MaxLength = NameGrammar.MaxTokenLength;

    private readonly string? _text;

    private LedgerGeneration(string text) => _text = text;

    /// <summary>Whether this is the default value, which no grammar allows.</summary>
    public bool IsEmpty => _text is null;

    /// <summary>Reads a ledger generation; false if the text does not follow the grammar.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out LedgerGeneration id)
    {
        var valid = text is not null && NameGrammar.IsToken(text, MaxLength);
        id = valid ? new LedgerGeneration(text!) : default;
        return valid;
    }

    /// <summary>Reads a ledger generation.</summary>
    /// <exception cref="FormatException">The text does not follow the grammar; the message says what is allowed.</exception>
    public static LedgerGeneration Parse(string text) =>
        TryParse(text, out var id) ? id : throw NameGrammar.Refused("ledger generation", text, NameGrammar.Token);

    /// <summary>The text, as it goes over the wire.</summary>
    public override string ToString() => _text ?? string.Empty;
}
