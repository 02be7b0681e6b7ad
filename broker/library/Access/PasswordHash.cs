using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace IotMqtt.Broker.Access;

/// <summary>
/// A hash as <c>mosquitto_passwd</c> writes it: <c>$7$iterations$salt$hash</c>, PBKDF2 with HMAC-SHA-512, or the older <c>$6$salt$hash</c>,
/// SHA-512 of password and salt; salt and hash in Base64.
/// </summary>
internal sealed class PasswordHash
{
    /// <summary>Of a new hash: about 15 ms of a core to check one. Mosquitto's own default is 101.</summary>
    public const int Iterations = 20_000;

    /// <summary>More than that would be an attack of whoever writes the file.</summary>
    private const int MaxIterations = 10_000_000;

    private const int SaltSize = 16;
    private const int HashSize = 64;

    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) => (_iterations, _salt, _hash) = (iterations, salt, hash);

    public static PasswordHash Create(ReadOnlySpan<byte> password, int iterations = Iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return new PasswordHash(iterations, salt, Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashSize));
    }

    /// <param name="text">The hash as it stands in the file.</param>
    /// <param name="hash">The hash.</param>
    /// <param name="error">What is wrong with it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordHash? hash, [NotNullWhen(false)] out string? error)
    {
        (hash, error) = (null, null);
        var parts = text.Split('$');
        switch (parts)
        {
            case ["", "7", var count, var salt, var digest]
                when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) && iterations is > 0 and <= MaxIterations:
                hash = Decode(iterations, salt, digest);
                break;
            case ["", "6", var salt, var digest]:
                hash = Decode(0, salt, digest);
                break;
            case ["", var kind, ..] when kind.StartsWith("argon2", StringComparison.Ordinal):
                error = "it is an argon2 hash, which this broker does not read; mosquitto_passwd -H sha512-pbkdf2 writes one that it does";
                return false;
            case [_]:
                error = "the password is not hashed; 'passwd FILE USER' of this program writes it as it should be";
                return false;
            default:
                break;
        }

        error = hash is null ? "the hash is none that mosquitto_passwd writes ($7$… or $6$…)" : null;
        return hash is not null;
    }

    public bool Matches(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(_hash, _iterations > 0
        ? Rfc2898DeriveBytes.Pbkdf2(password, _salt, _iterations, HashAlgorithmName.SHA512, _hash.Length)
        : SHA512.HashData([.. password, .. _salt]));

    public override string ToString() => _iterations > 0
        ? $"$7${_iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}"
        : $"$6${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}";

    private static PasswordHash? Decode(int iterations, string salt, string digest)
    {
        try
        {
            var hash = new PasswordHash(iterations, Convert.FromBase64String(salt), Convert.FromBase64String(digest));
            return hash is { _hash.Length: HashSize, _salt.Length: > 0 } ? hash : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
