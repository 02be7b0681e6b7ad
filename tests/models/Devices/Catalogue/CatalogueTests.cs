using IotMqtt.Models.Devices;

namespace IotMqtt.Models.Tests.Devices.Catalogue;

/// <summary>
/// What each ready-made model says, held against what the projects document: each line is a message, its quality of service and, where the broker keeps it, R.
/// Expected texts are taken from the pages that the models' files name.
/// </summary>
public sealed class CatalogueTests
{
    public static TheoryData<string> Names => [.. ModelCatalogue.Names];

    public static TheoryData<string> Emulated => [.. ModelCatalogue.Names.Where(name => !name.EndsWith("-external", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_is_valid_and_has_the_name_of_its_file(string name)
    {
        var model = ModelCatalogue.Find(name)!;
        Assert.Equal(name, model.Name);
        Assert.Empty(model.Variables);
        Assert.True(ModelJson.TryRead(ModelJson.Write(model), out var read, out var error), error);
        Assert.Equal(model.Hash, read!.Hash);
    }

    [Theory]
    [MemberData(nameof(Emulated))]
    public void An_external_half_has_the_shape_of_the_emulated_one(string name)
    {
        var (emulated, external) = (ModelCatalogue.Find(name)!, ModelCatalogue.Find(name + "-external")!);

        Assert.True(external.IsExternal);
        Assert.All(external.Properties, property => Assert.Contains(property, emulated.Properties));
        Assert.All(external.Commands, command => Assert.Equal(command.Parameters, emulated.FindCommand(command.Name)!.Parameters));
    }

    [Theory]
    [MemberData(nameof(Emulated))]
    public void The_halves_understand_each_other(string name)
    {
        var pair = new Pair(name);
        Assert.True(pair.IsThere, $"{name} does not show that it is there");
        foreach (var command in pair.Commands)
        {
            var reply = pair.Do(command);
            Assert.True(reply.Status == Models.Behaviour.CommandStatus.Succeeded, $"{command}: {reply.ErrorMessage}");
            Assert.Equal(pair.EmulatedState, pair.ExternalState);
        }

        pair.Lose();
        Assert.False(pair.IsThere, $"{name} does not show that it is gone");
    }

    [Theory]
    [InlineData("zigbee2mqtt-light", "zigbee2mqtt/d/set", """{"state":"ON"}""", """zigbee2mqtt/d 0 {"state":"ON","brightness":254,"color_temp":370}""")]
    [InlineData("zigbee2mqtt-light", "zigbee2mqtt/d/set", """{"state":"toggle"}""", """zigbee2mqtt/d 0 {"state":"ON","brightness":254,"color_temp":370}""")]
    [InlineData("zigbee2mqtt-light", "zigbee2mqtt/d/set", """{"brightness":215,"color_temp":325}""", """zigbee2mqtt/d 0 {"state":"ON","brightness":215,"color_temp":325}""")]
    [InlineData("zigbee2mqtt-light", "zigbee2mqtt/d/set/state", "ON", """zigbee2mqtt/d 0 {"state":"ON","brightness":254,"color_temp":370}""")]
    [InlineData("zigbee2mqtt-light", "zigbee2mqtt/d/get", """{"state":""}""", """zigbee2mqtt/d 0 {"state":"OFF","brightness":254,"color_temp":370}""")]
    [InlineData("zigbee2mqtt-light", "zigbee2mqtt/d/set", "no JSON", "")]
    [InlineData("zigbee2mqtt-plug", "zigbee2mqtt/d/set", """{"state":"ON"}""", """zigbee2mqtt/d 0 {"state":"ON","power":0}""")]
    [InlineData("tasmota-plug", "cmnd/d/Power", "TOGGLE", """stat/d/RESULT 0 {"POWER":"ON"}""", "stat/d/POWER 0 ON")]
    [InlineData("tasmota-plug", "cmnd/d/POWER", "1", """stat/d/RESULT 0 {"POWER":"ON"}""", "stat/d/POWER 0 ON")]
    [InlineData("tasmota-plug", "cmnd/d/Power", "", """stat/d/RESULT 0 {"POWER":"OFF"}""", "stat/d/POWER 0 OFF")]
    [InlineData("tasmota-plug", "cmnd/d/Dimmer", "5", "")]
    [InlineData(
        "shelly-gen2-plug", "d/rpc", """{"id":7,"src":"me","method":"Switch.Set","params":{"id":0,"on":true}}""",
        """d/events/rpc 1 {"src":"d","dst":"d/events","method":"NotifyStatus","params":{"ts":0.02,"switch:0":{"id":0,"output":true,"source":"MQTT"}}}""",
        """me/rpc 1 {"id":7,"src":"d","dst":"me","result":{"was_on":false}}""")]
    [InlineData("shelly-gen2-plug", "d/rpc", """{"id":7,"src":"me","method":"Switch.Set","params":{"id":0,"on":false}}""", """me/rpc 1 {"id":7,"src":"d","dst":"me","result":{"was_on":false}}""")]
    [InlineData("shelly-gen2-plug", "d/rpc", """{"id":8,"src":"me","method":"Switch.GetStatus","params":{"id":0}}""", """me/rpc 1 {"id":8,"src":"d","dst":"me","result":{"id":0,"source":"init","output":false}}""")]
    [InlineData("shelly-gen2-plug", "d/rpc", """{"id":9,"src":"me","method":"Foo"}""", """me/rpc 1 {"id":9,"src":"d","dst":"me","error":{"code":404,"message":"No handler for Foo"}}""")]
    [InlineData("home-assistant-light", "home/d/set", """{"state":"ON","brightness":100}""", """home/d/state 1R {"state":"ON","color_mode":"brightness","brightness":100}""")]
    [InlineData("home-assistant-switch", "home/d/set", "ON", "home/d/state 1R ON")]
    [InlineData(
        "home-assistant-switch", "homeassistant/status", "online",
        """homeassistant/switch/d/config 1R {"unique_id":"d","command_topic":"home/d/set","state_topic":"home/d/state","availability_topic":"home/d/availability","device":{"identifiers":["d"],"name":"d"}}""",
        "home/d/availability 1R online", "home/d/state 1R OFF")]
    [InlineData("home-assistant-switch", "homeassistant/status", "offline", "")]
    [InlineData("homie5-light", "homie/5/d/light/power/set", "true", "homie/5/d/light/power 2R true")]
    [InlineData("homie5-light", "homie/5/d/light/brightness/set", "40", "homie/5/d/light/brightness 2R 40")]
    [InlineData("homie5-light", "homie/5/d/light/power/set", "maybe", "")]
    public void A_message_brings_forth_what_is_documented(string name, string topic, string payload, params string[] expected)
    {
        var solo = new Solo(name);
        solo.Hear(topic, payload);

        Assert.Equal(expected.Where(line => line.Length > 0), solo.Said());
    }

    [Theory]
    [InlineData("zigbee2mqtt-light", """zigbee2mqtt/bridge/state 1R {"state":"online"}""", """zigbee2mqtt/d/availability 1R {"state":"online"}""")]
    [InlineData("zigbee2mqtt-sensor", """zigbee2mqtt/bridge/state 1R {"state":"online"}""", """zigbee2mqtt/d/availability 1R {"state":"online"}""")]
    [InlineData("tasmota-plug", "tele/d/LWT 1R Online")]
    [InlineData("shelly-gen2-plug", "d/online 1R true")]
    [InlineData(
        "home-assistant-light",
        """homeassistant/light/d/config 1R {"unique_id":"d","schema":"json","command_topic":"home/d/set","state_topic":"home/d/state","availability_topic":"home/d/availability","brightness":true,"supported_color_modes":["brightness"],"device":{"identifiers":["d"],"name":"d"}}""",
        "home/d/availability 1R online", """home/d/state 1R {"state":"OFF","color_mode":"brightness","brightness":255}""")]
    [InlineData(
        "homie5-light",
        "homie/5/d/$state 2R init",
        """homie/5/d/$description 2R {"homie":"5.0","version":1,"name":"d","nodes":{"light":{"name":"Light","properties":{"power":{"name":"Power","datatype":"boolean","settable":true},"brightness":{"name":"Brightness","datatype":"integer","format":"0:100","unit":"%","settable":true}}}}}""",
        "homie/5/d/light/power 2R false", "homie/5/d/light/brightness 2R 100", "homie/5/d/$state 2R ready")]
    public void A_connection_is_announced_as_documented(string name, params string[] expected)
    {
        var solo = new Solo(name);
        solo.Connect();

        Assert.Equal(expected, solo.Said());
    }

    [Theory]
    [InlineData("zigbee2mqtt-light", """zigbee2mqtt/d/availability 1R {"state":"offline"}""")]
    [InlineData("tasmota-plug", "tele/d/LWT 1R Offline")]
    [InlineData("shelly-gen2-plug", "d/online 1R false")]
    [InlineData("home-assistant-switch", "home/d/availability 1R offline")]
    [InlineData("homie5-light", "homie/5/d/$state 2R lost")]
    public void A_lost_connection_is_announced_as_documented(string name, string expected) => Assert.Equal(expected, new Solo(name).Will());
}
