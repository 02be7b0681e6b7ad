using IotMqtt.Broker.Access;

namespace IotMqtt.Broker.Tests.Access;

public sealed class AclTests
{
    private static readonly string[] Lines =
    [
        "# who has no user name",
        "topic read public/#",
        "topic deny public/secret",
        "user ann",
        "topic home/+/light",
        "topic write orders",
        "pattern readwrite devices/%c/#",
        "pattern read users/%u/inbox",
    ];

    [Theory]
    [InlineData(null, "c", "read", "public/a", true)]
    [InlineData(null, "c", "write", "public/a", false)]
    [InlineData(null, "c", "read", "public/secret", false)]
    [InlineData(null, "c", "read", "home/1/light", false)]
    [InlineData("ann", "c", "write", "home/1/light", true)]
    [InlineData("ann", "c", "read", "home/1/light", true)]
    [InlineData("ann", "c", "read", "orders", false)]
    [InlineData("ann", "c", "write", "orders", true)]
    [InlineData("ann", "c", "read", "public/a", false)]
    [InlineData("bob", "c", "write", "devices/c/state", true)]
    [InlineData("bob", "c", "write", "devices/d/state", false)]
    [InlineData("bob", "+", "write", "devices/d/state", false)]
    [InlineData("bob", "#", "write", "devices/d/state", false)]
    [InlineData("bob", "d/x", "write", "devices/d/x/state", false)]
    [InlineData("bob", "%u", "write", "devices/bob/state", false)]
    [InlineData("bob", "c", "read", "users/bob/inbox", true)]
    [InlineData("bob", "c", "read", "users/ann/inbox", false)]
    [InlineData(null, "c", "read", "users//inbox", false)]
    public void Rules_of_the_user_and_patterns_for_all_say_who_may_what(string? user, string clientId, string right, string topic, bool expected) =>
        Assert.Equal(expected, Parsed().Allows(right == "read" ? AclRights.Read : AclRights.Write, user, clientId, topic));

    [Theory]
    [InlineData(null, "public/#", true)]
    [InlineData(null, "#", true)]
    [InlineData(null, "public/secret", false)]
    [InlineData(null, "home/#", false)]
    [InlineData("ann", "home/1/light", true)]
    [InlineData("ann", "+/1/+", true)]
    [InlineData("ann", "orders", false)]
    [InlineData("ann", "devices/other/#", false)]
    public void A_filter_is_granted_where_it_may_match_what_may_be_read(string? user, string filter, bool expected) =>
        Assert.Equal(expected, Parsed().AllowsSome(user, "c", filter));

    [Fact]
    public void All_that_is_wrong_is_said_with_its_line()
    {
        var (_, errors) = AclFile.Parse("f", ["user", "topics a", "topic read a#", "topic", "pattern write %c"]);

        Assert.Equal(["f:1", "f:2", "f:3", "f:4"], errors.Select(error => error[..3]));
    }

    private static Acl Parsed()
    {
        var (acl, errors) = AclFile.Parse("f", Lines);
        Assert.Empty(errors);
        return acl;
    }
}
