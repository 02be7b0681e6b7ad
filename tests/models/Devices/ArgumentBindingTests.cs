using IotMqtt.Models.Devices;
using IotMqtt.Models.Tests.Expressions;

namespace IotMqtt.Models.Tests.Devices;

public sealed class ArgumentBindingTests
{
    private static readonly CommandDefinition Command = ModelFile.Parse(
        """
        model: m
        commands:
          act:
            args:
              brightness: { type: integer, min: 0, max: 254 }
              how: { enum: [slow, fast], default: slow }
              color: { type: color, optional: true }
              ratio: { type: number, optional: true }
              flag: { type: boolean, optional: true }
              name: { type: text, optional: true }
              items: { type: list, optional: true }
              meta: { type: object, optional: true }
          ping: {}
        """,
        "test.yaml",
        [])!.FindCommand("act")!;

    [Theory]
    [InlineData("{\"brightness\":7}", "{\"brightness\":7,\"how\":\"slow\",\"color\":null,\"ratio\":null,\"flag\":null,\"name\":null,\"items\":null,\"meta\":null}")]
    [InlineData("{\"how\":\"fast\",\"brightness\":3.0,\"ratio\":1,\"color\":\"#FF8800\"}", "{\"brightness\":3,\"how\":\"fast\",\"color\":\"#FF8800\",\"ratio\":1,\"flag\":null,\"name\":null,\"items\":null,\"meta\":null}")]
    [InlineData("{\"brightness\":0,\"how\":null,\"items\":[],\"meta\":{}}", "{\"brightness\":0,\"how\":\"slow\",\"color\":null,\"ratio\":null,\"flag\":null,\"name\":null,\"items\":[],\"meta\":{}}")]
    public void Arguments_are_bound(string given, string bound)
    {
        var binding = Command.BindArguments(TestScope.Parse(given).AsMap);

        Assert.Null(binding.Error);
        Assert.Equal(bound, Models.Values.Value.Of(binding.Arguments).ToJson());
    }

    [Theory]
    [InlineData("{}", "act needs the argument \"brightness\", an integer from 0 to 254")]
    [InlineData("{\"brightness\":null}", "act needs the argument \"brightness\", an integer from 0 to 254")]
    [InlineData("{\"brightness\":300}", "brightness must be an integer from 0 to 254, but was 300")]
    [InlineData("{\"brightness\":1.5}", "brightness must be an integer from 0 to 254, but was 1.5")]
    [InlineData("{\"brightness\":\"7\"}", "brightness must be an integer from 0 to 254, but was \"7\"")]
    [InlineData("{\"brightness\":1,\"how\":\"fastt\"}", "how must be one of slow, fast, but was \"fastt\"")]
    [InlineData("{\"brightness\":1,\"color\":\"red\"}", "color must be a color such as \"#ff8800\", but was \"red\"")]
    [InlineData("{\"brightness\":1,\"color\":\"#ff88zz\"}", "color must be a color such as \"#ff8800\", but was \"#ff88zz\"")]
    [InlineData("{\"brightness\":1,\"flag\":1}", "flag must be true or false, but was 1")]
    [InlineData("{\"brightness\":1,\"items\":{}}", "items must be a list, but was {}")]
    [InlineData("{\"brightness\":1,\"meta\":[]}", "meta must be an object, but was []")]
    [InlineData("{\"brightness\":1,\"name\":true}", "name must be a text, but was true")]
    [InlineData("{\"brigthness\":1}", "act has no argument \"brigthness\" (did you mean \"brightness\"?); act needs the argument \"brightness\", an integer from 0 to 254")]
    public void Wrong_arguments_are_all_named(string given, string error) =>
        Assert.Equal(error, Command.BindArguments(TestScope.Parse(given).AsMap).Error);

    [Fact]
    public void A_command_without_arguments_takes_none()
    {
        var ping = new CommandDefinition { Name = "ping" };

        Assert.Null(ping.BindArguments(Models.Values.ValueMap.Empty).Error);
        Assert.Equal("ping has no argument \"x\" (it takes none)", ping.BindArguments(TestScope.Parse("{\"x\":1}").AsMap).Error);
    }
}
