using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace IotMqtt.Broker.Access;

/// <summary>Who may connect: users and the hashes of their passwords.</summary>
internal sealed class Accounts(IReadOnlyDictionary<string, PasswordHash> users)
{
    private const int MaxRemembered = 100_000;

    private static readonly PasswordHash Nobody = PasswordHash.Create("nobody"u8);

    // A fleet that comes back would be hashed again for minutes: who was right once is known by a keyed hash that is in no file.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, byte[]> _remembered = new(StringComparer.Ordinal);

    /// <summary>Takes as long for a user that there is not as for a wrong password.</summary>
    public bool Match(string? user, byte[]? password)
    {
        if (user is null)
        {
            return false;
        }

        var given = password ?? [];
        var mark = HMACSHA256.HashData(_key.AsSpan(), [.. SHA256.HashData(Encoding.UTF8.GetBytes(user)), .. given]);
        if (_remembered.TryGetValue(user, out var right) && CryptographicOperations.FixedTimeEquals(right, mark))
        {
            return true;
        }

        var isKnown = users.TryGetValue(user, out var hash);
        if (!(hash ?? Nobody).Matches(given) || !isKnown)
        {
            return false;
        }

        if (_remembered.Count < MaxRemembered)
        {
            _remembered[user] = mark;
        }

        return true;
    }
}
