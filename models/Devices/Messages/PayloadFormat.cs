namespace IotMqtt.Models.Devices.Messages;

/// <summary>How a value of a program or a model stands in the bytes of a message.</summary>
public enum PayloadFormat
{
    /// <summary>Text as it is, anything else as JSON; read, whatever it is (see <see cref="Values.PayloadText"/>).</summary>
    Any,

    /// <summary>JSON (RFC 8259), texts in quotes.</summary>
    Json,

    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>Bytes, written as two hexadecimal digits each.</summary>
    Hex,

    /// <summary>Bytes, written in Base64 (RFC 4648).</summary>
    Base64,

    /// <summary>One line of comma-separated values (RFC 4180), without a line end.</summary>
    Csv,
}
