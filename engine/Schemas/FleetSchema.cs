using System.Text.Json.Nodes;

namespace IotMqtt.Engine.Schemas;

/// <summary>The JSON Schema of fleets.</summary>
internal static class FleetSchema
{
    private static readonly string Scalars = """{ "type": "object", "additionalProperties": { "type": ["string", "number", "boolean"] } }""";

    /// <summary>The keys at the top of a fleet.</summary>
    public static KeyTable Keys { get; } = new(
        new("fleet", Shape.Name, "Its name.", Required: true),
        new("models", """{ "type": "array", "items": { "type": "string" } }""", "Files of models, relative to this file; hue-light, smart-speaker and smart-toilet are there already."),
        new("devices", Shape.ListOf(Shape.Ref("devices")), "The devices.", Required: true),
        new("connection", Shape.Ref("connection"), "The connection of the devices to the broker of their back end; control topics are served elsewhere."),
        new("faults", """{ "type": "array", "items": { "$ref": "#/definitions/fault" } }""", "What goes wrong with some of them from the start."));

    /// <summary>The keys of an entry of devices.</summary>
    public static KeyTable DeviceKeys { get; } = new(
        new("id", Shape.AnyOf(Shape.Name, Shape.Computed, Shape.Number(0)), "Its id; with count or from, one that has ${n} or a column in it."),
        new("model", Shape.Name, "Its model.", Required: true),
        new("count", """{ "type": "integer", "minimum": 1, "maximum": 100000 }""", "How many of them; n counts from 1."),
        new("from", Shape.Text, "A CSV file; each row is a device, and its columns are names."),
        new("vars", Shape.Variables(Shape.Any), "Variables of the device, such as its serial number."),
        new("labels", Scalars, "Labels, for selectors."),
        new("initial", Shape.Values, "Properties that start otherwise than the model says."),
        new("commands", """{ "type": "object", "additionalProperties": { "$ref": "#/definitions/override" } }""", "Parts of commands that differ from the model."),
        new("connection", Shape.Ref("connection"), "What its connection has otherwise than that of the fleet."));

    private static string TextOrNumber => Shape.AnyOf(Shape.Text, Shape.Number(0));

    /// <summary>The keys of a connection.</summary>
    public static KeyTable ConnectionKeys { get; } = new(
        new("url", Shape.AnyOf(Shape.Text, Shape.ListOf(Shape.Text)), "The broker, or several, one after another when one does not answer."),
        new("username", TextOrNumber, "The user name."),
        new("password", TextOrNumber, "The password; better ${env.NAME} than the text itself."),
        new("client-id", TextOrNumber, "The client id; the id of the device unless said otherwise."),
        new("ca-file", Shape.Text, "PEM certificates to trust instead of the system's, relative to this file."),
        new("certificate-file", Shape.Text, "The PEM certificate of the device."),
        new("key-file", Shape.Text, "The PEM private key of the device, where it is not in the same file."),
        new("server-name", Shape.Text, "The name that the broker's certificate must carry, if not the host of the URL."),
        new("keep-alive", Shape.FixedDuration, "The keep alive of MQTT, in whole seconds."),
        new("clean-start", Shape.Boolean, "Whether each connection starts a new session."),
        new("session-expiry", Shape.FixedDuration, "How long the broker keeps the session of a device that is away."),
        new("version", """{ "enum": [5, "5", "5.0", "3.1.1"] }""", "The version of MQTT."));

    /// <summary>The keys of a fault.</summary>
    public static KeyTable FaultKeys { get; } = new(
    [
        new("on-devices", Shape.Ref("onDevices"), "Which devices: a part of all, an id, a list of ids, or a mapping of model, labels and share.", Required: true),
        new("label", Shape.Name, "A label that these devices get."),
        .. FaultShapes.Keys,
    ]);

    /// <summary>The keys of a selection of devices.</summary>
    public static KeyTable OnDevicesKeys { get; } = new(
        new("model", Shape.Name, "Devices of this model."),
        new("labels", Scalars, "Devices with these labels."),
        new("share", Shape.Percent, "A part of them."));

    /// <summary>The schema.</summary>
    public static string Generate()
    {
        var definitions = CommonDefinitions.All();
        definitions["devices"] = Device();
        definitions["override"] = SchemaBuilder.Mapping(ModelSchema.OverrideKeys);
        definitions["emits"] = ModelSchema.Emits();
        definitions["connection"] = SchemaBuilder.Mapping(ConnectionKeys);
        definitions["fault"] = SchemaBuilder.Mapping(FaultKeys);
        definitions["onDevices"] = SchemaBuilder.AnyOf(
            SchemaBuilder.Parse(Shape.Percent), SchemaBuilder.Parse(Shape.Name), SchemaBuilder.Parse(Shape.ListOf(Shape.Name)), SchemaBuilder.Mapping(OnDevicesKeys));
        FaultShapes.Define(definitions);
        return SchemaBuilder.Document("A fleet of IotMqtt", Keys, definitions);
    }

    /// <summary>An entry of devices; its id may be a column of its file.</summary>
    private static JsonObject Device()
    {
        var device = SchemaBuilder.Mapping(DeviceKeys);
        device["anyOf"] = new JsonArray(new JsonObject { ["required"] = new JsonArray("id") }, new JsonObject { ["required"] = new JsonArray("from") });
        return device;
    }
}
