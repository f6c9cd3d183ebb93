-- The demo's models. Relative URIs are resolved against this file's folder.
-- A model is here in two forms of the same network; the faster one for the device is used.

CREATE OR REPLACE MODEL scout OPTIONS (
  uri = ['models/scout.torchscript', 'models/scout.onnx'],
  layout = 'yolov8', input_size = 160, labels = 'models/scout.labels.txt',
  description = 'All twelve classes: small and fast, misses small objects. Trained on generated scenes: not for photos.'
);

CREATE OR REPLACE MODEL ranger OPTIONS (
  uri = ['models/ranger.torchscript', 'models/ranger.onnx'],
  layout = 'yolov5', input_size = 256, labels = 'models/ranger.labels.txt',
  description = 'All twelve classes at medium cost. Trained on generated scenes: not for photos.'
);

CREATE OR REPLACE MODEL sentinel OPTIONS (
  uri = ['models/sentinel.torchscript', 'models/sentinel.onnx'],
  layout = 'yolov8', input_size = 416, labels = 'models/sentinel.labels.txt',
  description = 'All twelve classes: slow and accurate. Trained on generated scenes: not for photos.'
);

CREATE OR REPLACE MODEL animals OPTIONS (
  uri = ['models/animals.torchscript', 'models/animals.onnx'],
  layout = 'yolov5', input_size = 256, labels = 'models/animals.labels.txt',
  description = 'Birds, cats, dogs, horses and sheep. Trained on generated scenes: not for photos.'
);

CREATE OR REPLACE MODEL vehicles OPTIONS (
  uri = ['models/vehicles.torchscript', 'models/vehicles.onnx'],
  layout = 'yolov8', input_size = 320, labels = 'models/vehicles.labels.txt',
  description = 'Bicycles, cars, buses, trucks, boats and traffic lights. Trained on generated scenes: not for photos.'
);

CREATE OR REPLACE MODEL people OPTIONS (
  uri = ['models/people.torchscript', 'models/people.onnx'],
  layout = 'yolov5', input_size = 224, labels = 'models/people.labels.txt',
  description = 'Only people. Trained on generated scenes: not for photos.'
);

CREATE OR REPLACE MODEL places OPTIONS (
  uri = ['models/places.torchscript', 'models/places.onnx'],
  layout = 'classification', input_size = 128, normalization = 'none',
  labels = 'models/places.labels.txt',
  description = 'Classifies the place: meadow, street, beach, snow, night or indoor. Trained on generated scenes: not for photos.'
);
