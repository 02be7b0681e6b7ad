namespace IotMqtt.Broker.Access;

/// <summary>Who may connect and what they may do, as the options and files said when they were read.</summary>
/// <param name="Accounts">Who may connect; <see langword="null"/>: anybody.</param>
/// <param name="Acl">What they may do; <see langword="null"/>: anything.</param>
internal sealed record AccessRules(Accounts? Accounts, Acl? Acl)
{
    /// <summary>A user name that is proven: where there are no accounts, anybody could say any.</summary>
    public string? Known(string? user) => Accounts is null ? null : user;

    /// <returns>The rules, or everything that is wrong with the files.</returns>
    public static (AccessRules? Rules, IReadOnlyList<string> Errors) Read(BrokerOptions options)
    {
        var errors = new List<string>();
        var users = new Dictionary<string, PasswordHash>(StringComparer.Ordinal);
        if (options.UsersFile is { } passwords && Lines(passwords, "UsersFile", errors) is { } hashed)
        {
            (users, var wrong) = PasswordFile.Parse(passwords, hashed);
            errors.AddRange(wrong);
        }

        if (options is { Username: { } name, Password: { } password })
        {
            // It is in memory as it is: the hash keeps nobody from reading it, so it need not be slow.
            users[name] = PasswordHash.Create(System.Text.Encoding.UTF8.GetBytes(password), iterations: 1);
        }

        Acl? acl = null;
        if (options.AclFile is { } file && Lines(file, "AclFile", errors) is { } rules)
        {
            (acl, var wrong) = Access.AclFile.Parse(file, rules);
            errors.AddRange(wrong);
        }

        var isOpen = options.UsersFile is null && options.Username is null;
        return errors.Count == 0 ? (new AccessRules(isOpen ? null : new Accounts(users), acl), errors) : (null, errors);
    }

    private static string[]? Lines(string file, string option, List<string> errors)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            errors.Add($"{option} is '{file}', which cannot be read: {exception.Message}");
            return null;
        }
    }
}
